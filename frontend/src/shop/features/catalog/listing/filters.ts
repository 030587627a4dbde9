import type { SearchProductsData, SearchSort } from '@/api/gen';

export type ListingQuery = NonNullable<SearchProductsData['query']>;

/**
 * The filters of a list live in the address, named as the API's: `category`, `brand` (repeated),
 * `price_min`, `price_max`, `in_stock`, `on_sale`, `attr[color]`, `sort`, `cursor`, `q`. The server
 * reads them the same way (web/pages/narrowing.py), so that both ask with the same parameters.
 */
export const SORTS: SearchSort[] = ['newest', 'popularity', 'price', '-price', 'name'];

const ATTR = /^attr\[([^[\]=]{1,255})\]$/;
const PER_PAGE = 24;

interface Fixed {
  /** The region. */
  market: { region: string };
  /** The category of the path. */
  category?: string | undefined;
}

/** The API's parameters for what an address asks for. */
export function listingQuery(address: URLSearchParams, { market, category }: Fixed): ListingQuery {
  const query: ListingQuery = { limit: PER_PAGE, with_total: true, ...market };
  const shelf = category ?? address.get('category');
  if (shelf) query.category = shelf;
  const brands = address.getAll('brand').filter(Boolean);
  if (brands.length > 0) query.brand = brands;
  for (const name of ['price_min', 'price_max'] as const) {
    const value = address.get(name) ?? '';
    if (/^\d{1,15}$/.test(value)) query[name] = Number(value);
  }
  for (const name of ['in_stock', 'on_sale'] as const) {
    const value = address.get(name);
    if (value === 'true' || value === 'false') query[name] = value === 'true';
  }
  const attr = attributes(address);
  if (Object.keys(attr).length > 0) query.attr = attr;
  const sort = address.get('sort');
  if (sort === 'relevance' || SORTS.includes(sort as SearchSort)) query.sort = sort as SearchSort;
  for (const name of ['cursor', 'q'] as const) {
    const value = address.get(name);
    if (value) query[name] = value;
  }
  return query;
}

/** One value as itself, several as a list: the document types only the former. */
function attributes(address: URLSearchParams): Record<string, string> {
  const found: Record<string, string | string[]> = {};
  for (const key of new Set(address.keys())) {
    const name = ATTR.exec(key)?.[1];
    const values = address.getAll(key).filter(Boolean);
    const [first] = values;
    if (name && first !== undefined) found[name] = values.length === 1 ? first : values;
  }
  return found as Record<string, string>;
}

/** The address with a filter put on or taken off. Another list begins at its first page. */
export function toggled(address: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = firstPage(address);
  const values = next.getAll(name);
  next.delete(name);
  const kept = values.includes(value)
    ? values.filter((each) => each !== value)
    : [...(isRepeated(name) ? values : []), value];
  for (const each of kept) next.append(name, each);
  return next;
}

/** The address with these parameters set; empty ones are removed. */
export function changed(
  address: URLSearchParams,
  values: Record<string, string | undefined>,
): URLSearchParams {
  const next = firstPage(address);
  for (const [name, value] of Object.entries(values)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next;
}

export function has(address: URLSearchParams, name: string, value: string): boolean {
  return address.getAll(name).includes(value);
}

export interface Active {
  name: string;
  value: string;
}

/** The filters that are on, in the order of the address. A price range is one filter. */
export function active(address: URLSearchParams): Active[] {
  const found: Active[] = [];
  for (const [name, value] of address) {
    const known = ['category', 'brand', 'in_stock', 'on_sale'].includes(name) || ATTR.test(name);
    if (known && value) found.push({ name, value });
  }
  if (address.get('price_min') || address.get('price_max')) {
    found.push({
      name: 'price',
      value: `${address.get('price_min') ?? ''}-${address.get('price_max') ?? ''}`,
    });
  }
  return found;
}

/** The address without one filter. */
export function without(address: URLSearchParams, { name, value }: Active): URLSearchParams {
  if (name === 'price') return changed(address, { price_min: undefined, price_max: undefined });
  return has(address, name, value) ? toggled(address, name, value) : address;
}

/** The address with no filter at all: what was searched for and the order stay. */
export function cleared(address: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams();
  for (const name of ['q', 'sort']) {
    const value = address.get(name);
    if (value) next.set(name, value);
  }
  return next;
}

/** `attr[color]` → `color` */
export function attributeOf(name: string): string | undefined {
  return ATTR.exec(name)?.[1];
}

export function hrefOf(address: URLSearchParams): string {
  const text = address.toString();
  return text ? `?${text}` : '?';
}

function isRepeated(name: string): boolean {
  return name === 'brand' || ATTR.test(name);
}

function firstPage(address: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(address);
  next.delete('cursor');
  return next;
}
