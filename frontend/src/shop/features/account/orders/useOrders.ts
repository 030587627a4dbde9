import { useInfiniteQuery } from '@tanstack/react-query';
import type { OrderStatus } from '@/api/gen';
import { checkoutMineInfiniteOptions } from '@/api/gen/@tanstack/react-query.gen';

const PAGE = 10;

/** One's orders, newest first, page by page; all of them, or those with one status. */
export function useOrders(status?: OrderStatus) {
  return useInfiniteQuery({
    ...checkoutMineInfiniteOptions({ query: { limit: PAGE, ...(status && { status }) } }),
    // A first page has no cursor; an object in its place is how the generated options take that.
    initialPageParam: {},
    getNextPageParam: ({ next_cursor: cursor }) => cursor ?? undefined,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    staleTime: 0,
  });
}
