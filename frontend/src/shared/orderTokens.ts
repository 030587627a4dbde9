import { keys, storage } from './storage';

/**
 * Guests find their orders again by a token that checkout and look-up answer. It is kept on this
 * device, by the order's id; requests that name the order in their path carry it by themselves.
 */
type Tokens = Record<string, string>;

const MOST = 20;
const BY_CART = 'cart:';

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
  if (!token) return {};
  return token.startsWith(BY_CART)
    ? { 'X-Cart-Token': token.slice(BY_CART.length) }
    : { 'X-Order-Token': token };
}

/** The token of the cart that became the order, where the order's own never arrived. */
export function byCart(cartToken: string): string {
  return BY_CART + cartToken;
}

function known(): Tokens {
  return storage.get<Tokens>(keys.orders) ?? {};
}
