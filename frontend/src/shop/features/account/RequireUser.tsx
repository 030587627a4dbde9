import { useState, type ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useSession } from '@/shared/session';
import { withNext } from './entering/next';

/** Shows what only a signed-in person may see; others sign in first and come back. */
export function RequireUser({ skeleton, children }: { skeleton: ReactNode; children: ReactNode }) {
  const { status, expired } = useSession();
  const { pathname, search } = useLocation();
  const [wasUser, setWasUser] = useState(false);
  if (status === 'user' && !wasUser) setWasUser(true);
  if (status === 'unknown') return skeleton;
  if (status === 'user') return children;
  // Who signs out here does not want to be asked to sign in.
  const to = wasUser && !expired ? '/' : withNext('/login', pathname + search);
  return (
    <>
      {skeleton}
      <Navigate to={to} replace state={{ expired }} />
    </>
  );
}
