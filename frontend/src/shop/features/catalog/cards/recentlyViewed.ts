import { keys, storage } from '@/shared/storage';

const KEPT = 12;

/** Ids of the products looked at on this device, the latest first. */
export function recentlyViewed(): string[] {
  const kept = storage.get<unknown>(keys.recentlyViewed);
  return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
}

export function rememberViewed(id: string): void {
  const others = recentlyViewed().filter((each) => each !== id);
  storage.set(keys.recentlyViewed, [id, ...others].slice(0, KEPT));
}
