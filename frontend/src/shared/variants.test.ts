import type { VariantOut } from '@/api/gen';
import { choose, standingOf, startingOptions, variantOf } from './variants';

function variant(colour: string, size: string, in_stock = true): VariantOut {
  return {
    id: `var_${colour}_${size}`,
    sku: `${colour}-${size}`,
    title: `${colour} / ${size}`,
    options: { Color: colour, Size: size },
    price: { amount: 1000, currency: 'USD' },
    compare_at_price: null,
    available: null,
    in_stock,
    image_id: null,
    weight_g: null,
    barcode: null,
  };
}

/** Oak in S and L, of which S is sold out; ink in M and L. */
const product = {
  options: [
    { name: 'Color', values: ['Oak', 'Ink', 'Rust'] },
    { name: 'Size', values: ['S', 'M', 'L'] },
  ],
  variants: [
    variant('Oak', 'S', false),
    variant('Oak', 'L'),
    variant('Ink', 'M'),
    variant('Ink', 'L'),
  ],
};
const oakL = { Color: 'Oak', Size: 'L' };

test('the page begins at what can be bought, or at the variant of the address', () => {
  expect(startingOptions(product)).toEqual(oakL);
  expect(startingOptions(product, 'var_Ink_M')).toEqual({ Color: 'Ink', Size: 'M' });
  expect(startingOptions(product, 'var_gone')).toEqual(oakL);
});

test('a size that is not made in the chosen colour is impossible, because of that colour', () => {
  expect(standingOf(product, oakL, 'Size', 'M')).toEqual({ kind: 'impossible', beside: ['Oak'] });
});

test('a size that is made but not there is sold out', () => {
  expect(standingOf(product, oakL, 'Size', 'S')).toEqual({ kind: 'soldOut' });
});

test('the first option leads everywhere it is made at all', () => {
  const oakS = { Color: 'Oak', Size: 'S' };
  expect(standingOf(product, oakS, 'Color', 'Ink')).toEqual({ kind: 'available' });
  expect(standingOf(product, oakS, 'Color', 'Rust')).toEqual({ kind: 'impossible', beside: [] });
});

test('the colour is sold out only as it would be bought', () => {
  expect(standingOf(product, { Color: 'Ink', Size: 'L' }, 'Color', 'Oak').kind).toBe('available');
});

test('another colour keeps the size if it is made in it, else takes one that is in stock', () => {
  expect(choose(product, oakL, 'Color', 'Ink')).toEqual({ Color: 'Ink', Size: 'L' });
  expect(choose(product, { Color: 'Ink', Size: 'M' }, 'Color', 'Oak')).toEqual(oakL);
});

test('only exactly these options are a variant', () => {
  expect(variantOf(product, { Color: 'Oak', Size: 'S' })?.sku).toBe('Oak-S');
  expect(variantOf(product, { Color: 'Oak', Size: 'M' })).toBeUndefined();
});
