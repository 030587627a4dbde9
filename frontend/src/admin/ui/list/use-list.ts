import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import type { BuiltInView, Filter } from './types';

export interface ListOptions {
  /** Names the list in the browser's memory (columns, saved views). */
  id: string;
  filters?: readonly Filter[];
  views?: readonly BuiltInView[];
}

export interface ListState extends Required<ListOptions> {
  q: string | undefined;
  /** `title` or `-title`. */
  sort: string | undefined;
  cursor: string | undefined;
  /** The value of a filter, undefined when it is not set. */
  value: (filter: string) => string | undefined;
  /** Everything but the cursor, as it stands in the URL; what a saved view keeps. */
  search: string;
  set: (params: Record<string, string | undefined>) => void;
  /** Exactly these parameters and no others. */
  apply: (search: string) => void;
  next: (cursor: string) => void;
  /** Back one page; undefined on the first. */
  previous: (() => void) | undefined;
  isFiltered: boolean;
}

const PAGE = 'cursor';

/**
 * The state of a list, which lives in the URL: search, filters, order and page. Back and a copied
 * link lead to the same rows. Cursors lead forward only, so the way here is kept in the history.
 */
export function useList({ id, filters = [], views = [] }: ListOptions): ListState {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const { state } = useLocation() as { state: { trail?: string[] } | null };
  const trail = useMemo(() => state?.trail ?? [], [state]);

  const go = useCallback(
    (next: URLSearchParams, nextTrail: string[] = []) => {
      next.sort();
      void navigate({ search: next.toString() }, { state: { trail: nextTrail } });
    },
    [navigate],
  );

  const set = useCallback(
    (changes: Record<string, string | undefined>) => {
      const next = new URLSearchParams(params);
      next.delete(PAGE);
      for (const [name, value] of Object.entries(changes)) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      go(next);
    },
    [params, go],
  );

  const cursor = params.get(PAGE) ?? undefined;
  const search = useMemo(() => {
    const kept = new URLSearchParams(params);
    kept.delete(PAGE);
    kept.sort();
    return kept.toString();
  }, [params]);

  const turn = (to: string | undefined, nextTrail: string[]) => {
    const next = new URLSearchParams(params);
    if (to) next.set(PAGE, to);
    else next.delete(PAGE);
    go(next, nextTrail);
  };

  return {
    id,
    filters,
    views,
    q: params.get('q') ?? undefined,
    sort: params.get('sort') ?? undefined,
    cursor,
    value: (filter) => params.get(filter) ?? undefined,
    search,
    set,
    apply: (wanted) => go(new URLSearchParams(wanted)),
    next: (to) => turn(to, [...trail, cursor ?? '']),
    previous: cursor ? () => turn(trail.at(-1), trail.slice(0, -1)) : undefined,
    isFiltered: Boolean(params.get('q')) || filters.some((filter) => params.has(filter.id)),
  };
}

/** One parameter of the URL as state, for tabs and such. */
export function useParam(name: string, initial: string): [string, (value: string) => void] {
  const [params, setParams] = useSearchParams();
  const set = (value: string) => {
    const next = new URLSearchParams(params);
    if (value === initial) next.delete(name);
    else next.set(name, value);
    setParams(next, { replace: true });
  };
  return [params.get(name) ?? initial, set];
}
