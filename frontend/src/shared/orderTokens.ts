import { keys, storage } from './storage';

/**
 * Guests find their orders again by a token that checkout and look-up answer. It is kept on this
 * device, by the order's id; requests that name the order in their path carry it by themselves.
 */
type Tokens = Record<string, string>;

const MOST = 20;

export function rememberOrder(orderId: string, token: string): void {
  const others = Object.entries(known()).filter(([id]) => id !== orderId);
  storage.set(keys.orders, Object.fromEntries([...others.slice(1 - MOST), [orderId, token]]));
}

export function tokenOfOrder(orderId: string): string | undefined {
  return known()[orderId];
}

/** For requests about an order whose path does not name it, such as those of its payments. */
export function orderHeaders(orderId: string): Record<string, string> {
  const token = tokenOfOrder(orderId);
  return token ? { 'X-Order-Token': token } : {};
}

function known(): Tokens {
  return storage.get<Tokens>(keys.orders) ?? {};
}
