import { useState } from 'react';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import {
  adminProductsListProductsQueryKey,
  adminProductsShowOptions,
} from '@/api/gen/@tanstack/react-query.gen';
import { adminProductsChange } from '@/api/gen/sdk.gen';
import type { StaffLine, StaffProduct } from '@/api/gen/types.gen';
import { ifMatch, toProblem } from '@/admin/ui';
import { patchFor } from './plan';
import type { BulkChange } from './plan';

export type Outcome =
  { state: 'saving' | 'saved' | 'unchanged' } | { state: 'refused'; why: string };

const AT_ONCE = 3;

/** The products in full: what is ticked in the list does not tell prices, categories and tags. */
export function useFullProducts(rows: readonly StaffLine[]) {
  const answers = useQueries({
    queries: rows.map((row) => adminProductsShowOptions({ path: { id_or_slug: row.id } })),
  });
  return {
    products: answers.map((answer) => answer.data),
    loaded: answers.filter((answer) => answer.data).length,
    failed: answers.find((answer) => answer.isError)?.error,
    retry: () => answers.filter((answer) => answer.isError).map((answer) => answer.refetch()),
  };
}

async function saveOne(product: StaffProduct, change: BulkChange): Promise<Outcome> {
  const body = patchFor(product, change);
  if (!body) return { state: 'unchanged' };
  try {
    await adminProductsChange({
      path: { id_or_slug: product.id },
      body,
      ...ifMatch(product.version),
      throwOnError: true,
    });
    return { state: 'saved' };
  } catch (error) {
    const { title, errors, detail } = toProblem(error);
    return { state: 'refused', why: errors[0]?.message ?? (detail || title) };
  }
}

/** Saves one product after the other (a few at a time) and tells of each what became of it. */
export function useBulkSave() {
  const cache = useQueryClient();
  const [outcomes, setOutcomes] = useState<Record<string, Outcome>>({});
  const [busy, setBusy] = useState(false);
  const run = async (products: readonly StaffProduct[], change: BulkChange) => {
    const waiting = products.filter((product) => {
      const before = outcomes[product.id]?.state;
      return before !== 'saved' && before !== 'unchanged';
    });
    const tell = (id: string, outcome: Outcome) =>
      setOutcomes((all) => ({ ...all, [id]: outcome }));
    const work = async () => {
      for (let product = waiting.shift(); product; product = waiting.shift()) {
        tell(product.id, { state: 'saving' });
        // One after the other: each of these workers saves one product at a time.
        // oxlint-disable-next-line no-await-in-loop
        tell(product.id, await saveOne(product, change));
      }
    };
    setBusy(true);
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    setBusy(false);
    void cache.invalidateQueries({ queryKey: adminProductsListProductsQueryKey() });
    for (const { id } of products) {
      void cache.invalidateQueries(adminProductsShowOptions({ path: { id_or_slug: id } }));
    }
  };
  return { run, outcomes, busy };
}
