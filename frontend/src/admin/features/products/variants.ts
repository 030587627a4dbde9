import type { ProductDraft, VariantRow } from './draft';

type Options = ProductDraft['options'];

/** Every combination of the options' values, in order; one empty one when there are none. */
export function combinations(options: Options): Record<string, string>[] {
  return options
    .filter((option) => option.name && option.values.length > 0)
    .reduce<Record<string, string>[]>(
      (made, { name, values }) =>
        made.flatMap((before) => values.map((value) => ({ ...before, [name]: value }))),
      [{}],
    );
}

const emptyRow = (options: Record<string, string>): VariantRow => ({
  key: crypto.randomUUID(),
  id: null,
  sku: '',
  options,
  price: {},
  compareAt: {},
  weight: '',
  barcode: '',
  taxable: true,
  image_id: null,
});

/** How many of the wanted options a row has already, by value. */
function likeness(row: VariantRow, wanted: Record<string, string>): number {
  const values = Object.values(row.options);
  return Object.values(wanted).filter((value) => values.includes(value)).length;
}

/** Whether a row can become the wanted one: the one's values are among the other's. */
const fits = (row: VariantRow, wanted: Record<string, string>) =>
  likeness(row, wanted) === Math.min(Object.keys(row.options).length, Object.keys(wanted).length);

/**
 * The rows for new options. A row that is there keeps its SKU, price and stock when its values are
 * among the wanted ones; new rows take prices and picture from the row most like them.
 */
export function generate(options: Options, rows: readonly VariantRow[]): VariantRow[] {
  const free = [...rows];
  const made = combinations(options).map((wanted) => {
    const found = free
      .filter((row) => fits(row, wanted))
      .sort((one, other) => likeness(other, wanted) - likeness(one, wanted))[0];
    if (found) free.splice(free.indexOf(found), 1);
    return { wanted, found };
  });
  return made.map(({ wanted, found }) => {
    if (found) return { ...found, options: wanted };
    const like = [...rows].sort((one, other) => likeness(other, wanted) - likeness(one, wanted))[0];
    return {
      ...emptyRow(wanted),
      ...(like && { price: like.price, compareAt: like.compareAt, weight: like.weight }),
      ...(like && likeness(like, wanted) > 0 && { image_id: like.image_id }),
    };
  });
}

export const nameOf = (row: VariantRow) => Object.values(row.options).join(' / ');
