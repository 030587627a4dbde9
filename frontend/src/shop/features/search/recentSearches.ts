import { keys, storage } from '@/shared/storage';

const KEPT = 5;

/** What was searched for on this device, the latest first. */
export function recentSearches(): string[] {
  const kept = storage.get<unknown>(keys.recentSearches);
  return Array.isArray(kept) ? kept.filter((text) => typeof text === 'string') : [];
}

export function rememberSearch(text: string): void {
  const others = recentSearches().filter((each) => each.toLowerCase() !== text.toLowerCase());
  storage.set(keys.recentSearches, [text, ...others].slice(0, KEPT));
}

export function forgetSearches(): void {
  storage.remove(keys.recentSearches);
}
