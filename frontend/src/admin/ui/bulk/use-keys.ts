import { useRef } from 'react';
import { idempotent } from '../problem';

/**
 * The key of each of many requests. One whose answer was lost goes again under its key, and counts
 * once; `name` has to say everything about the request, also the version it is meant for.
 */
export function useKeys(): (name: string) => ReturnType<typeof idempotent> {
  const keys = useRef(new Map<string, ReturnType<typeof idempotent>>());
  return (name) => {
    const key = keys.current.get(name) ?? idempotent();
    keys.current.set(name, key);
    return key;
  };
}
