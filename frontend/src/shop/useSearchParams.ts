import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate, type NavigateOptions } from 'react-router';

type Set = (params: URLSearchParams | Record<string, string>, how?: NavigateOptions) => void;

/** The query of the address, and how to change it. */
export function useSearchParams(): [URLSearchParams, Set] {
  const { search } = useLocation();
  const navigate = useNavigate();
  const params = useMemo(() => new URLSearchParams(search), [search]);
  const set = useCallback<Set>(
    (next, how) => void navigate(`?${new URLSearchParams(next)}`, how),
    [navigate],
  );
  return [params, set];
}
