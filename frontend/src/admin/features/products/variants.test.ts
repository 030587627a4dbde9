import { draftOf } from './draft';
import { parseCells } from './grid';
import { product, variant } from './testing';
import { combinations, generate } from './variants';

const rows = draftOf(
  product({
    variants: ['Red', 'Blue'].map((color) => variant(color, { options: { Color: color } })),
  }),
).variants;

test('options multiply', () => {
  const options = [
    { name: 'Color', values: ['Red', 'Blue'] },
    { name: 'Size', values: ['S', 'M'] },
  ];
  expect(combinations(options).map((each) => Object.values(each).join('/'))).toEqual([
    'Red/S',
    'Red/M',
    'Blue/S',
    'Blue/M',
  ]);
});

test('a further option keeps the variants there are, and new ones cost what their like costs', () => {
  const made = generate(
    [
      { name: 'Color', values: ['Red', 'Blue'] },
      { name: 'Size', values: ['S', 'M'] },
    ],
    rows,
  );
  expect(made.map((row) => [Object.values(row.options).join('/'), row.sku, row.price.EUR])).toEqual(
    [
      ['Red/S', 'Red', '24.00'],
      ['Red/M', '', '24.00'],
      ['Blue/S', 'Blue', '24.00'],
      ['Blue/M', '', '24.00'],
    ],
  );
});

test('a new variant shows the picture of one that shares a value with it', () => {
  const made = generate(
    [
      { name: 'Color', values: ['Red', 'Green'] },
      { name: 'Size', values: ['S', 'M'] },
    ],
    rows.map((row) => ({ ...row, image_id: `img_${row.sku}` })),
  );
  expect(made.map((row) => row.image_id)).toEqual(['img_Red', 'img_Red', null, null]);
});

test('a value that goes takes its variant along', () => {
  const made = generate([{ name: 'Color', values: ['Blue'] }], rows);
  expect(made.map((row) => row.sku)).toEqual(['Blue']);
});

test('quoted cells may hold tabs and lines', () => {
  expect(parseCells('a\t"b\n""c"""\nd\t\n')).toEqual([
    ['a', 'b\n"c"'],
    ['d', ''],
  ]);
});
