import { amountChanges, basisPoints, inBatches, listChange } from './change';

const price = (sku: string, currency: string, before: number | null, after: number | null) => ({
  field: 'price',
  sku,
  currency,
  before,
  after,
});

test('percentages become basis points, and none that gives things away', () => {
  expect(basisPoints('-10')).toBe(-1_000);
  expect(basisPoints('12,5 %')).toBe(1_250);
  expect(basisPoints('1000')).toBe(100_000);
  for (const text of ['', 'ten', '0', '-100', '1000.01']) expect(basisPoints(text)).toBeNull();
});

test('the prices of many variants are told as a range for each currency', () => {
  const changes = [
    price('S', 'EUR', 2_000, 1_800),
    price('M', 'EUR', 3_000, 2_700),
    price('S', 'JPY', null, 400),
    { field: 'compare_at', sku: 'S', currency: 'EUR', before: null, after: 2_000 },
    { field: 'status', before: 'draft', after: 'active' },
  ];
  expect(amountChanges(changes)).toEqual([
    {
      field: 'price',
      currency: 'EUR',
      before: { least: 2_000, most: 3_000 },
      after: { least: 1_800, most: 2_700 },
    },
    { field: 'price', currency: 'JPY', before: undefined, after: { least: 400, most: 400 } },
    {
      field: 'compare_at',
      currency: 'EUR',
      before: undefined,
      after: { least: 2_000, most: 2_000 },
    },
  ]);
});

test('of tags and categories only what goes and what comes is told', () => {
  expect(listChange({ before: ['mug', 'old'], after: ['mug', 'sale'] })).toEqual({
    gone: ['old'],
    come: ['sale'],
  });
  expect(listChange({ before: null, after: ['sale'] })).toEqual({ gone: [], come: ['sale'] });
});

test('what is too much for one request goes in several, in order', () => {
  expect(inBatches([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(inBatches([])).toEqual([]);
});
