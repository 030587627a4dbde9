import type { ColumnOut } from '@/api/gen/types.gen';

/** What each column of a file is, by its name there; '' is left out. */
export type Mapping = Record<string, string>;

export const HANDLE = 'Handle';
export const TITLE = 'Title';

/** What columns are called by other shop systems and in spreadsheets of one's own. */
const OTHER_NAMES: Record<string, readonly string[]> = {
  [HANDLE]: ['slug', 'url key', 'permalink', 'product id', 'parent sku', 'group'],
  [TITLE]: ['name', 'product', 'product name', 'product title', 'post title'],
  'Body (HTML)': ['long description', 'text', 'content', 'post content'],
  Vendor: ['brand', 'manufacturer', 'maker'],
  Tags: ['tag', 'keywords', 'labels'],
  Categories: ['collections', 'collection', 'shelf'],
  'Variant SKU': ['article', 'article number', 'item number', 'product code', 'reference'],
  'Variant Price': ['regular price', 'unit price', 'retail price', 'amount', 'rrp'],
  'Variant Compare At Price': ['list price', 'old price', 'was price', 'msrp'],
  'Variant Inventory Qty': ['stock', 'quantity', 'qty', 'on hand', 'in stock', 'stock quantity'],
  'Variant Barcode': ['ean', 'gtin', 'upc', 'isbn', 'ean13'],
  'Variant Grams': ['weight g', 'weight in grams', 'grams'],
  'Variant Weight': ['weight'],
  'Image Src': ['image', 'images', 'image url', 'picture', 'photo', 'thumbnail'],
  'SEO Title': ['meta title'],
  'SEO Description': ['meta description'],
  'Option1 Value': ['colour', 'color', 'size', 'variant', 'option'],
};

const BY_NAME = new Map(
  Object.entries(OTHER_NAMES).flatMap(([target, names]) => names.map((name) => [name, target])),
);

const plain = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** What the API takes each column for, and a guess for those that it would leave out. */
export function guessed(columns: readonly ColumnOut[]): Mapping {
  const mapping: Mapping = {};
  for (const { name, meaning } of columns) mapping[name] = meaning ?? '';
  const taken = new Set(Object.values(mapping));
  for (const { name, meaning } of columns) {
    const guess = BY_NAME.get(plain(name));
    if (meaning === null && guess && !taken.has(guess)) {
      mapping[name] = guess;
      taken.add(guess);
    }
  }
  return mapping;
}

/** Of a mapping, what the API would not take a column for by itself. */
export function toSend(columns: readonly ColumnOut[], mapping: Mapping): Mapping {
  return Object.fromEntries(
    columns
      .map(({ name, meaning }) => [name, mapping[name] ?? '', meaning ?? ''] as const)
      .filter(([, chosen, meaning]) => chosen !== meaning)
      .map(([name, chosen]) => [name, chosen]),
  );
}

/** Names of columns that count for nothing, since one before them is the same. */
export function doubled(columns: readonly ColumnOut[], mapping: Mapping): Set<string> {
  const taken = new Set<string>();
  const found = new Set<string>();
  for (const { name } of columns) {
    const target = mapping[name];
    if (!target) continue;
    if (taken.has(target)) found.add(name);
    taken.add(target);
  }
  return found;
}

/** What a file needs and no column is: every row its product, a new product its name. */
export const missing = (mapping: Mapping) =>
  [HANDLE, TITLE].filter((target) => !Object.values(mapping).includes(target));

/** All that a column can be: what the API names, and prices and stock of this shop. */
export function targets(
  named: readonly string[],
  currencies: readonly string[],
  locations: readonly string[],
): string[] {
  return [
    ...named,
    ...currencies.flatMap((code) => [`Price / ${code}`, `Compare At Price / ${code}`]),
    ...locations.map((name) => `Stock / ${name}`),
  ];
}
