import type { ChangedField } from '@/api/gen/types.gen';

export type BulkKind = 'price' | 'status' | 'category' | 'tags';

/** `-12.5` → basis points; null when it is no percentage, or would give things away by mistake. */
export function basisPoints(text: string): number | null {
  const value = Number(text.trim().replace(',', '.').replace(/%$/, ''));
  const points = Math.round(value * 100);
  return text.trim() !== '' && points > -10_000 && points <= 100_000 && points !== 0
    ? points
    : null;
}

/** The status of a product that somebody else changed meanwhile. */
export const STALE = 412;

/** What the API takes at once. */
export const MOST = 100;

export function inBatches<T>(all: readonly T[], most = MOST): T[][] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, index) =>
    all.slice(index * most, (index + 1) * most),
  );
}

interface Range {
  least: number;
  most: number;
}

/** What becomes of a product's amounts in one currency; undefined where there is none. */
export interface AmountChange {
  field: 'price' | 'compare_at';
  currency: string;
  before: Range | undefined;
  after: Range | undefined;
}

function rangeOf(values: readonly ChangedField['before'][]): Range | undefined {
  const amounts = values.filter((value) => typeof value === 'number');
  return amounts.length > 0
    ? { least: Math.min(...amounts), most: Math.max(...amounts) }
    : undefined;
}

/** The changes of all variants' amounts, put together by currency. */
export function amountChanges(changes: readonly ChangedField[]): AmountChange[] {
  const groups = new Map<string, ChangedField[]>();
  for (const change of changes) {
    if (!change.currency) continue;
    const key = `${change.field} ${change.currency}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].map((group) => ({
    field: group[0]?.field === 'compare_at' ? 'compare_at' : 'price',
    currency: group[0]?.currency ?? '',
    before: rangeOf(group.map((each) => each.before)),
    after: rangeOf(group.map((each) => each.after)),
  }));
}

/** What of a list (categories, tags) goes and what comes. */
export function listChange({ before, after }: Pick<ChangedField, 'before' | 'after'>) {
  const old = Array.isArray(before) ? before : [];
  const now = Array.isArray(after) ? after : [];
  return {
    gone: old.filter((each) => !now.includes(each)),
    come: now.filter((each) => !old.includes(each)),
  };
}
