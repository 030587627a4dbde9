import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { CartOut, CheckoutOut, OrderOut } from '@/api/gen';
import { cartShowQueryKey, checkoutGetQueryKey } from '@/api/gen/@tanstack/react-query.gen';
import type { Problem } from '@/api/problem';
import { keys, storage } from '@/shared/storage';
import { forgetCart } from '../../cart';

/** What follows when a purchase was answered, one way or the other. */
export function useOutcome() {
  const queries = useQueryClient();
  const navigate = useNavigate();

  const keep = (order: OrderOut) =>
    queries.setQueryData(checkoutGetQueryKey({ path: { order_id: order.id } }), order);

  return {
    /** The purchase is over: thanks, and an empty cart. */
    async thank(order: OrderOut) {
      keep(order);
      await navigate(`/orders/${order.id}/confirmed`, { replace: true });
      forgetCart();
      queries.setQueryData(cartShowQueryKey(), null);
    },

    /** The order waits, and so does the cart: it can still be changed, or paid otherwise. */
    wait({ order }: CheckoutOut) {
      keep(order);
      void queries.invalidateQueries({ queryKey: cartShowQueryKey() });
    },

    /** Leaves for the provider's page; whoever comes back finds the order again. */
    leave({ order }: CheckoutOut, url: string) {
      storage.set(keys.paying, order.id);
      location.assign(url);
    },

    /** The cart was paid already, perhaps by a try whose answer was lost. */
    async paidAlready(problem: Problem) {
      forgetCart(problem);
      queries.setQueryData(cartShowQueryKey(), null);
      await navigate(`/orders/${String(problem.members.order_id)}/confirmed`, { replace: true });
    },

    /** Shows the cart that there is now. */
    showCart(cart: CartOut) {
      queries.setQueryData(cartShowQueryKey(), cart);
    },
  };
}
