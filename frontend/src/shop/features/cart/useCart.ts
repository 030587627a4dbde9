import { create } from 'zustand';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { cartCreate, cartShow, type CartOut } from '@/api/gen';
import { cartShowQueryKey } from '@/api/gen/@tanstack/react-query.gen';
import { asProblem } from '@/api/problem';
import { currentToken, useSession } from '@/shared/session';
import { byCart, rememberOrder, tokenOfOrder } from '@/shared/orderTokens';
import { keys, storage } from '@/shared/storage';
import { useShop } from '../../shop';

/** The cart as the server knows it; null where there is none, or only one that was paid. */
function cartQuery(regionId: string) {
  return queryOptions({
    queryKey: cartShowQueryKey(),
    queryFn: async ({ signal }): Promise<CartOut | null> => {
      // An account has one cart: this answers it, and makes it where there is none yet.
      if (currentToken()) return accountsCart(regionId, signal);
      try {
        const { data } = await cartShow({ signal, throwOnError: true });
        return data;
      } catch (error) {
        if (!isGone(error)) throw error;
        forgetCart(error);
        return null;
      }
    },
  });
}

async function accountsCart(region_id: string, signal: AbortSignal): Promise<CartOut> {
  const { data } = await cartCreate({ body: { region_id }, signal, throwOnError: true });
  return data;
}

/** Nothing can be put into this cart any more: it was paid, or nobody knows it. */
export function isGone(error: unknown): boolean {
  const { kind, status } = asProblem(error);
  return kind === 'cart-completed' || status === 404;
}

/**
 * Forgets a guest's cart; who is signed in has one by name. If it was paid, its token still opens
 * the order that it became.
 */
export function forgetCart(because?: unknown): void {
  if (currentToken()) return;
  const token = storage.get<string>(keys.cart);
  const orderId = because ? orderOf(because) : undefined;
  if (token && orderId) {
    if (!tokenOfOrder(orderId)) rememberOrder(orderId, byCart(token));
    usePaidCart.setState({ orderId });
  }
  storage.remove(keys.cart);
}

function orderOf(error: unknown): string | undefined {
  const { kind, members } = asProblem(error);
  const isPaid = kind === 'cart-completed' && typeof members.order_id === 'string';
  return isPaid ? String(members.order_id) : undefined;
}

/** The order of the cart that turned out to be paid while it was looked for. */
export const usePaidCart = create<{ orderId?: string }>(() => ({}));

/** The visitor's cart. Who has neither a login nor a cart's token asks nothing. */
export function useCart() {
  const { status } = useSession();
  const { region } = useShop();
  const has = status === 'user' || (status === 'guest' && storage.get(keys.cart) !== undefined);
  return useQuery({ ...cartQuery(region.id), enabled: has });
}

/** How many things are in a cart. */
export function countOf(cart: CartOut | null | undefined): number {
  return cart?.lines.reduce((sum, line) => sum + line.quantity, 0) ?? 0;
}
