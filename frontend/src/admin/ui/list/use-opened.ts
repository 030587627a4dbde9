import { useCallback } from 'react';
import { useLocation, useSearchParams } from 'react-router';

interface Opened {
  id: string | undefined;
  open: (id: string) => void;
  close: () => void;
}

/**
 * Which row of a list is open in a dialog, in the URL: a link leads to it, Back closes it, and the
 * list stays on its page.
 */
export function useOpened(name: string): Opened {
  const [params, setParams] = useSearchParams();
  const { state } = useLocation();
  const go = useCallback(
    (id: string | undefined) => {
      const next = new URLSearchParams(params);
      if (id) next.set(name, id);
      else next.delete(name);
      setParams(next, { state, preventScrollReset: true });
    },
    [params, setParams, state, name],
  );
  return { id: params.get(name) ?? undefined, open: go, close: () => go(undefined) };
}
