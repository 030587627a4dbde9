import { money } from '@/admin/ui/format';

/** A field of an entry in the audit log, before and after, in words. */
export interface ToldChange {
  name: string;
  before: string;
  after: string;
}

type Fields = Record<string, unknown> | null;
type Prices = Record<string, Record<string, number>>;

const LONGEST = 80;

function inWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (Array.isArray(value)) return value.join(', ') || '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** `{MUG: {EUR: 2400}}` → what each price that changed was and is, by SKU. */
function priceChanges(before: Prices, after: Prices): ToldChange[] {
  const told = (prices: Prices, sku: string, currency: string) => {
    const amount = prices[sku]?.[currency];
    return amount === undefined ? '–' : money({ amount, currency });
  };
  const skus = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return skus.flatMap((sku) => {
    const currencies = new Set([
      ...Object.keys(before[sku] ?? {}),
      ...Object.keys(after[sku] ?? {}),
    ]);
    return [...currencies]
      .map((currency) => ({
        name: sku,
        before: told(before, sku, currency),
        after: told(after, sku, currency),
      }))
      .filter((each) => each.before !== each.after);
  });
}

/** What an entry changed. What a new product began with is the product: that is not told. */
export function changesOf(before: Fields, after: Fields): ToldChange[] {
  if (!before || !after) return [];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) =>
    name === 'prices'
      ? priceChanges((before[name] ?? {}) as Prices, (after[name] ?? {}) as Prices)
      : [{ name, before: inWords(before[name]), after: inWords(after[name]) }],
  );
}
