import { asProblem } from '@/api/problem';
import { keys, storage } from '@/shared/storage';

/**
 * One try to buy has one key, however often it has to be sent: the shop then answers it once. The
 * key outlives a reload. A changed purchase is another try; so is one after a final answer.
 */
interface Attempt {
  key: string;
  /** Of the request's body. It tells whether two are the same, and nothing else. */
  print: string;
}

export function keyOf(body: unknown): string {
  const print = printOf(JSON.stringify(body));
  const kept = storage.get<Attempt>(keys.attempt);
  if (kept?.print === print) return kept.key;
  const key = newKey();
  storage.set(keys.attempt, { key, print });
  return key;
}

/** The answer is here: whatever is tried next is something new. */
export function endAttempt(): void {
  storage.remove(keys.attempt);
}

/** A purchase was sent, and its answer never came. */
export function isUnanswered(): boolean {
  return storage.get<Attempt>(keys.attempt) !== undefined;
}

/** Nobody knows what came of it, so it may be sent again under the same key. */
export function mayPass(error: unknown): boolean {
  const { status, kind } = asProblem(error);
  return status === 0 || status >= 500 || status === 429 || kind === 'request-in-progress';
}

function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Two rounds of FNV-1a: 64 bits are plenty to tell one purchase from the next. */
function printOf(text: string): string {
  const round = (seed: number) => {
    let hash = seed;
    for (let at = 0; at < text.length; at += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    }
    return (hash >>> 0).toString(36);
  };
  return `${round(0x811c9dc5)}.${round(0x1b873593)}`;
}
