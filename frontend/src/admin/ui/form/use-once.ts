import { useRef } from 'react';
import { idempotent } from '../problem';

/**
 * The key under which a form sends something: the same for the same body, so that a request sent
 * twice counts once; another for another body, which the API would refuse under the old key.
 */
export function useOnce(): (body: unknown) => ReturnType<typeof idempotent> {
  const last = useRef<{ body: string; key: ReturnType<typeof idempotent> }>(null);
  return (body) => {
    const text = JSON.stringify(body);
    if (last.current?.body !== text) last.current = { body: text, key: idempotent() };
    return last.current.key;
  };
}
