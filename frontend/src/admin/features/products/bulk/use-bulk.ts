import { useEffect, useState } from 'react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  adminProductsListProductsQueryKey,
  adminProductsShowOptions,
} from '@/api/gen/@tanstack/react-query.gen';
import { adminProductsBulkEdit, adminProductsShow } from '@/api/gen/sdk.gen';
import type { BulkChange, BulkEdit, ChosenIn, RowResult } from '@/api/gen/types.gen';
import { toProblem } from '@/admin/ui';
import { useKeys } from '@/admin/ui/bulk';
import { inBatches } from './change';

const WAIT = 250; // milliseconds after the last key

/** A value once it has not changed for a moment. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), WAIT);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** What the change would make of each of these products; nothing is kept. */
export function usePreview(items: readonly ChosenIn[], change: BulkChange | undefined) {
  const wanted = useSettled(change);
  const answer = useQuery({
    queryKey: ['products-bulk', items, wanted],
    queryFn: async ({ signal }) => {
      const results: RowResult[] = [];
      for (const batch of inBatches(items)) {
        // One after the other: they hold the same shelves.
        // oxlint-disable-next-line no-await-in-loop
        const { data } = await adminProductsBulkEdit({
          body: { items: batch, change: wanted ?? {}, dry_run: true },
          signal,
          throwOnError: true,
        });
        results.push(...data.items);
      }
      return results;
    },
    enabled: wanted !== undefined && items.length > 0,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  return { ...answer, isCurrent: wanted === change && !answer.isPlaceholderData };
}

/** A batch that was not answered, told like products that were refused. */
function refusedBy(error: unknown, batch: readonly ChosenIn[]): RowResult[] {
  const { status, title, detail } = toProblem(error);
  const problem = { type: '', status, title, detail };
  return batch.map(({ id }) => ({
    id,
    title: null,
    outcome: 'refused',
    version: null,
    changes: [],
    problem,
  }));
}

/** Makes the change, a hundred products at a time, and tells of each what became of it. */
export function useBulkEdit() {
  const cache = useQueryClient();
  const [results, setResults] = useState<RowResult[]>([]);
  const [busy, setBusy] = useState(false);
  const keyOf = useKeys();
  const send = async (body: BulkEdit) => {
    const key = keyOf(JSON.stringify(body));
    return (await adminProductsBulkEdit({ body, ...key, throwOnError: true })).data.items;
  };
  const run = async (items: readonly ChosenIn[], change: BulkChange) => {
    setBusy(true);
    const told: RowResult[] = [];
    for (const batch of inBatches(items)) {
      // In order, so that one sees how far it is.
      // oxlint-disable-next-line no-await-in-loop
      const batchResults = await send({ items: batch, change }).catch((error: unknown) =>
        refusedBy(error, batch),
      );
      told.push(...batchResults);
      setResults([...told]);
    }
    setBusy(false);
    void cache.invalidateQueries({ queryKey: adminProductsListProductsQueryKey() });
    for (const { id, outcome } of told) {
      if (outcome !== 'changed') continue;
      void cache.invalidateQueries(adminProductsShowOptions({ path: { id_or_slug: id } }));
    }
    return told;
  };
  return { run, results, busy, forget: () => setResults([]) };
}

/** The versions that these products have now; one that is gone is left out. */
export async function versionsOf(ids: readonly string[]): Promise<Map<string, number>> {
  const answers = await Promise.allSettled(
    ids.map((id) => adminProductsShow({ path: { id_or_slug: id }, throwOnError: true })),
  );
  return new Map(
    answers.flatMap((answer) =>
      answer.status === 'fulfilled' ? [[answer.value.data.id, answer.value.data.version]] : [],
    ),
  );
}
