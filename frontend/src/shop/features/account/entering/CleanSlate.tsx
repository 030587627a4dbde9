import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useSession } from '@/shared/session';
import { keys, tabStorage } from '@/shared/storage';

/** What is the same for everybody, and stays when another person comes. */
const PUBLIC = /^(products|categories|brands|store|regions)/;

/**
 * Once per shop: whoever signs in or out begins with nothing of the one before. A component of its
 * own, for who uses the session is drawn anew at once when it is known, and pages beneath with it.
 */
export function CleanSlate() {
  const queries = useQueryClient();
  const { status, user } = useSession();
  const person = status === 'unknown' ? undefined : (user?.id ?? null);
  const before = useRef(person);
  useEffect(() => {
    if (before.current !== undefined && before.current !== person) {
      tabStorage.remove(keys.addressBegun);
      void queries.resetQueries({ predicate: ({ queryKey }) => isPersonal(queryKey[0]) });
    }
    before.current = person;
  }, [person, queries]);
  return null;
}

/** The keys of the generated options begin with `{_id: 'ordersMine', …}`. */
function isPersonal(key: unknown): boolean {
  if (typeof key !== 'object' || key === null || !('_id' in key)) return false;
  const { _id: id } = key;
  return !PUBLIC.test(String(id));
}
