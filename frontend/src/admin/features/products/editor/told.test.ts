import { changesOf } from './told';

test('of prices only those that changed are told, as money by SKU', () => {
  const before = { prices: { S: { EUR: 2_400, JPY: 300 }, OLD: { EUR: 100 } } };
  const after = { prices: { S: { EUR: 2_160, JPY: 300 }, NEW: { EUR: 100 } } };
  expect(changesOf(before, after)).toEqual([
    { name: 'S', before: '€24.00', after: '€21.60' },
    { name: 'OLD', before: '€1.00', after: '–' },
    { name: 'NEW', before: '–', after: '€1.00' },
  ]);
});

test('other fields are told in words, long ones cut, and a beginning is no change', () => {
  const text = 'x'.repeat(100);
  expect(changesOf({ tags: ['a', 'b'], brand: null }, { tags: [], brand: 'Clay' })).toEqual([
    { name: 'tags', before: 'a, b', after: '–' },
    { name: 'brand', before: '–', after: 'Clay' },
  ]);
  expect(changesOf({ description: '' }, { description: text })).toEqual([
    { name: 'description', before: '–', after: `${'x'.repeat(80)}…` },
  ]);
  expect(changesOf(null, { title: 'Mug' })).toEqual([]);
});
