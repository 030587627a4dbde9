import type { ProductPatch, ProductStatus, StaffProduct, VariantIn } from '@/api/gen/types.gen';

/** What to do with all the ticked products. */
export type BulkChange =
  | { kind: 'status'; status: ProductStatus }
  | { kind: 'price_percent'; percent: number }
  | { kind: 'price_set'; currency: string; amount: number }
  | { kind: 'category'; add: string[]; remove: string[] }
  | { kind: 'tags'; add: string[]; remove: string[] };

/** A percentage more (or less), rounded to whole minor units; never below nothing. */
export function byPercent(amount: number, percent: number): number {
  return Math.max(0, Math.round((amount * (100 + percent)) / 100));
}

function withPrices(
  product: StaffProduct,
  price: (each: NonNullable<VariantIn['prices']>) => NonNullable<VariantIn['prices']>,
): VariantIn[] {
  return product.variants.map((variant) => ({
    id: variant.id,
    sku: variant.sku,
    options: variant.options,
    prices: price(variant.prices),
    weight_g: variant.weight_g,
    barcode: variant.barcode,
    taxable: variant.taxable,
    image_id: variant.image_id,
  }));
}

const joined = (old: readonly string[], { add, remove }: { add: string[]; remove: string[] }) => [
  ...new Set([...old.filter((each) => !remove.includes(each)), ...add]),
];

/** What is sent for one product; null when it is so already. */
export function patchFor(product: StaffProduct, change: BulkChange): ProductPatch | null {
  switch (change.kind) {
    case 'status':
      return product.status === change.status ? null : { status: change.status };
    case 'tags': {
      const tags = joined(product.tags, change);
      return tags.join('\n') === product.tags.join('\n') ? null : { tags };
    }
    case 'category': {
      const old = product.categories.map((category) => category.id);
      const category_ids = joined(old, change);
      return category_ids.join() === old.join() ? null : { category_ids };
    }
    case 'price_percent':
      if (change.percent === 0 || product.variants.every((each) => each.prices.length === 0)) {
        return null;
      }
      return {
        variants: withPrices(product, (prices) =>
          prices.map((each) => ({ ...each, amount: byPercent(each.amount, change.percent) })),
        ),
      };
    case 'price_set': {
      const { currency, amount } = change;
      const isSo = product.variants.every((variant) =>
        variant.prices.some((each) => each.currency === currency && each.amount === amount),
      );
      if (isSo) return null;
      return {
        variants: withPrices(product, (prices) => {
          const old = prices.find((each) => each.currency === currency);
          const rest = prices.filter((each) => each.currency !== currency);
          return [...rest, { currency, amount, compare_at: old?.compare_at ?? null }];
        }),
      };
    }
  }
}

/** The amounts of a product's variants in a currency, from least to most. */
export function priceRange(
  variants: readonly Pick<VariantIn, 'prices'>[],
  currency: string,
): { least: number; most: number } | undefined {
  const amounts = variants.flatMap((variant) =>
    (variant.prices ?? []).filter((each) => each.currency === currency).map((each) => each.amount),
  );
  if (amounts.length === 0) return undefined;
  return { least: Math.min(...amounts), most: Math.max(...amounts) };
}

/** `-12.5` → a percentage; null when it is none, or would give things away by mistake. */
export function percentOf(text: string): number | null {
  const value = Number(text.trim().replace(',', '.').replace(/%$/, ''));
  return text.trim() !== '' && Number.isFinite(value) && value > -100 && value <= 1_000
    ? value
    : null;
}
