import { authLogout } from '@/api/gen/sdk.gen';
import { signOut } from '@/shared/session';

/** Set while somebody leaves on purpose, so that they are not asked to sign in again. */
let leaving = false;
export const isLeaving = () => leaving;

export async function leave(): Promise<void> {
  leaving = true;
  await authLogout({ body: {} }).catch(() => undefined);
  signOut();
  // The next person gets a fresh page: nothing of this one's is left in memory.
  window.location.assign('/admin');
}
