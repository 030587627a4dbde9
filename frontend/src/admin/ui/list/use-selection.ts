import { useMemo, useState } from 'react';

export interface Selection<Row> {
  rows: Row[];
  has: (row: Row) => boolean;
  toggle: (row: Row) => void;
  /** All of these rows, or none of them. */
  toggleAll: (rows: readonly Row[]) => void;
  clear: () => void;
}

/** Rows that were ticked, kept while one pages on. */
export function useSelection<Row>(idOf: (row: Row) => string): Selection<Row> {
  const [kept, setKept] = useState<ReadonlyMap<string, Row>>(new Map());
  return useMemo(
    () => ({
      rows: [...kept.values()],
      has: (row) => kept.has(idOf(row)),
      toggle: (row) => {
        const next = new Map(kept);
        if (!next.delete(idOf(row))) next.set(idOf(row), row);
        setKept(next);
      },
      toggleAll: (rows) => {
        const next = new Map(kept);
        const all = rows.every((row) => next.has(idOf(row)));
        for (const row of rows) {
          if (all) next.delete(idOf(row));
          else next.set(idOf(row), row);
        }
        setKept(next);
      },
      clear: () => setKept(new Map()),
    }),
    [kept, idOf],
  );
}
