import type { ProductPatch, StaffProduct, StaffVariant, VariantIn } from '@/api/gen/types.gen';
import { decimal, minorUnits } from '@/admin/ui/format';

/** A variant as typed: amounts are texts until they are saved, by currency. */
export interface VariantRow {
  /** Names the row in the browser; new rows have no `id` yet. */
  key: string;
  id: string | null;
  sku: string;
  options: Record<string, string>;
  price: Record<string, string>;
  compareAt: Record<string, string>;
  weight: string;
  barcode: string;
  taxable: boolean;
  image_id: string | null;
}

export interface ProductDraft {
  title: string;
  slug: string;
  description: string;
  status: StaffProduct['status'];
  brand: string;
  category_ids: string[];
  tags: string[];
  options: { name: string; values: string[] }[];
  variants: VariantRow[];
  seo: { title: string; description: string };
}

function rowOf(variant: StaffVariant): VariantRow {
  const price: Record<string, string> = {};
  const compareAt: Record<string, string> = {};
  for (const each of variant.prices) {
    price[each.currency] = decimal(each.amount, each.currency);
    if (each.compare_at !== null) {
      compareAt[each.currency] = decimal(each.compare_at, each.currency);
    }
  }
  return {
    key: variant.id,
    id: variant.id,
    sku: variant.sku,
    options: variant.options,
    price,
    compareAt,
    weight: variant.weight_g === null ? '' : String(variant.weight_g),
    barcode: variant.barcode ?? '',
    taxable: variant.taxable,
    image_id: variant.image_id,
  };
}

export function draftOf(product: StaffProduct): ProductDraft {
  return {
    title: product.title,
    slug: product.slug,
    description: product.description,
    status: product.status,
    brand: product.brand ?? '',
    category_ids: product.categories.map((category) => category.id),
    tags: product.tags,
    options: product.options.map(({ name, values }) => ({ name, values })),
    variants: product.variants.map(rowOf),
    seo: { title: product.seo.title ?? '', description: product.seo.description ?? '' },
  };
}

function pricesOf(row: VariantRow): NonNullable<VariantIn['prices']> {
  return Object.entries(row.price).flatMap(([currency, text]) => {
    const amount = text.trim() === '' ? null : minorUnits(text, currency);
    if (amount === null) return [];
    const compare = row.compareAt[currency] ?? '';
    return [{ currency, amount, compare_at: compare ? minorUnits(compare, currency) : null }];
  });
}

export function variantBody(row: VariantRow): VariantIn {
  return {
    ...(row.id && { id: row.id }),
    ...(row.sku.trim() && { sku: row.sku.trim() }),
    options: row.options,
    prices: pricesOf(row),
    weight_g: row.weight.trim() ? Number(row.weight) : null,
    barcode: row.barcode.trim() || null,
    taxable: row.taxable,
    image_id: row.image_id,
  };
}

/** What changed, as the API wants it. Options and variants belong together and go together. */
export function patchOf(changes: Partial<ProductDraft>, value: ProductDraft): ProductPatch {
  const { variants, options, seo, brand, ...plain } = changes;
  return {
    ...plain,
    ...(brand !== undefined && { brand: brand.trim() || null }),
    ...(seo && { seo: { title: seo.title || null, description: seo.description || null } }),
    ...((variants || options) && {
      options: value.options.filter((option) => option.name && option.values.length > 0),
      variants: value.variants.map(variantBody),
    }),
  };
}

interface Wording {
  required: string;
  amount: string;
  whole: string;
}

/** What is wrong with a draft, by field, before it is sent. */
export function wrongWith(draft: ProductDraft, wording: Wording): Record<string, string> {
  const wrong: Record<string, string> = {};
  if (!draft.title.trim()) wrong.title = wording.required;
  draft.variants.forEach((row, index) => {
    for (const kind of ['price', 'compareAt'] as const) {
      for (const [currency, text] of Object.entries(row[kind])) {
        if (text.trim() && minorUnits(text, currency) === null) {
          wrong[`variants.${index}.${kind}.${currency}`] = wording.amount;
        }
      }
    }
    if (row.weight.trim() && !/^\d+$/.test(row.weight.trim())) {
      wrong[`variants.${index}.weight`] = wording.whole;
    }
  });
  return wrong;
}
