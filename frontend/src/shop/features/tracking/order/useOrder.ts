import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { OrderOut } from '@/api/gen';
import {
  checkoutGetOptions,
  checkoutGetQueryKey,
  checkoutMineInfiniteQueryKey,
  checkoutTimelineOptions,
  checkoutTimelineQueryKey,
} from '@/api/gen/@tanstack/react-query.gen';

const SOON = 15_000;

/** An order and its history; while it waits for money it is looked at again and again. */
export function useOrder(id: string, enabled: boolean) {
  const path = { order_id: id };
  const order = useQuery({
    ...checkoutGetOptions({ path }),
    enabled,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? SOON : false),
  });
  const timeline = useQuery({
    ...checkoutTimelineOptions({ path }),
    enabled: enabled && order.isSuccess,
    staleTime: 0,
  });
  return { order, timeline };
}

/** Takes over an order as the server answered it, and lets its history and the list be read anew. */
export function useKeepOrder() {
  const queries = useQueryClient();
  return (order: OrderOut) => {
    const path = { order_id: order.id };
    queries.setQueryData(checkoutGetQueryKey({ path }), order);
    void queries.invalidateQueries({ queryKey: checkoutTimelineQueryKey({ path }) });
    void queries.invalidateQueries({ queryKey: checkoutMineInfiniteQueryKey() });
  };
}

/** Lets an order be read anew, with all that shows it. */
export function useRefreshOrder(id: string) {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: checkoutGetQueryKey({ path: { order_id: id } }) }),
      queries.invalidateQueries({ queryKey: checkoutTimelineQueryKey({ path: { order_id: id } }) }),
      queries.invalidateQueries({ queryKey: checkoutMineInfiniteQueryKey() }),
    ]);
}
