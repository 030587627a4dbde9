import { useSyncExternalStore } from 'react';
import type { Profile, Tokens } from '@/api/gen';
import { keys, storage } from './storage';

/**
 * Who is signed in, for the shop and the admin alike. The access token lives in memory only; the
 * refresh token is an HttpOnly cookie that no script sees. `sokoni.session` merely remembers that
 * there may be one, so that strangers cause no refused request.
 */
export interface Session {
  /** `unknown` until the first refresh has answered. */
  status: 'unknown' | 'guest' | 'user';
  user: Profile | null;
  /** The person did not sign out: the session ended by itself, or was ended elsewhere. */
  expired?: boolean;
}

let accessToken: string | null = null;
let session: Session = { status: 'unknown', user: null };
let refreshing: Promise<boolean> | null = null;
const listeners = new Set<() => void>();
const UNKNOWN: Session = { status: 'unknown', user: null };

export function currentToken(): string | null {
  return accessToken;
}

/** Takes over the answer to a sign-in. */
export function signIn(tokens: Tokens): void {
  accessToken = tokens.access_token;
  storage.set(keys.session, true);
  publish({ status: 'user', user: tokens.user });
}

/** Forgets the person; the server's session is ended by `auth.logout`. */
export function signOut(): void {
  forget(false);
}

function forget(expired: boolean): void {
  accessToken = null;
  storage.remove(keys.session);
  publish({ status: 'guest', user: null, expired });
}

export function changeUser(user: Profile): void {
  if (session.status === 'user') publish({ status: 'user', user });
}

/** At start: a visitor who never signed in is a guest at once. */
export async function restoreSession(): Promise<void> {
  if (session.status !== 'unknown') return;
  if (storage.get<boolean>(keys.session)) await refreshSession();
  else publish({ status: 'guest', user: null });
}

/**
 * Exchanges the cookie for a new access token: one request however many ask, across tabs too,
 * because each refresh token works once. False if nobody is signed in any more.
 */
export function refreshSession(): Promise<boolean> {
  refreshing ??= exclusively(exchange).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function exchange(): Promise<boolean> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const response = await fetch('/api/v1/auth/refresh', { method: 'POST' });
    if (response.ok) {
      signIn((await response.json()) as Tokens);
      return true;
    }
    // 409: another window has just exchanged this token; its cookie is here for the second try.
    if (response.status === 401 || response.status === 403) {
      forget(session.status === 'user');
      return false;
    }
    if (response.status !== 409) break;
  }
  if (session.status === 'unknown') publish({ status: 'guest', user: null });
  return false;
}

async function exclusively(work: () => Promise<boolean>): Promise<boolean> {
  try {
    if (!('locks' in navigator)) return await work();
    return await navigator.locks.request('sokoni.refresh', work);
  } catch {
    if (session.status === 'unknown') publish({ status: 'guest', user: null });
    return false;
  }
}

function publish(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The session as it is now; while hydrating always `unknown`, as on the server. */
export function useSession(): Session {
  return useSyncExternalStore(
    subscribe,
    () => session,
    () => UNKNOWN,
  );
}
