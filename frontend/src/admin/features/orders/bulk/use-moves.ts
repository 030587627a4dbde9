import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import {
  adminOrdersGetQueryKey,
  adminOrdersSearchQueryKey,
  adminTodoShowQueryKey,
} from '@/api/gen/@tanstack/react-query.gen';
import { adminOrdersGet, adminOrdersSetStatus } from '@/api/gen/sdk.gen';
import type { OrderOut } from '@/api/gen/types.gen';
import { isProblem } from '@/api/problem';
import { ifMatch, isStale, toProblem } from '@/admin/ui';
import { inLanes, useKeys } from '@/admin/ui/bulk';
import type { BulkMove } from './why';

/** So many requests at a time, that the shop stays quick for its buyers. */
const LANES = 4;

/** What became of an order: where it is now, or why it was not moved. */
export type Moved = { order: OrderOut } | { why: string; overtaken: boolean };

export type Orders = ReadonlyMap<string, OrderOut>;

/** Moves orders, each by a request of its own, and tells of each what became of it. */
export function useMoves() {
  const cache = useQueryClient();
  const keyOf = useKeys();
  const [results, setResults] = useState<ReadonlyMap<string, Moved>>(new Map());
  const [busy, setBusy] = useState(false);

  const move = async (order: OrderOut, to: BulkMove): Promise<Moved> => {
    const key = keyOf(`${order.id} ${order.version} ${to}`);
    try {
      const { data } = await adminOrdersSetStatus({
        path: { order_id: order.id },
        body: { status: to },
        headers: { ...ifMatch(order.version).headers, ...key.headers },
        throwOnError: true,
      });
      return { order: data };
    } catch (error) {
      const { title, detail } = toProblem(error);
      const overtaken = isStale(error) || isProblem(error, 'illegal-transition');
      return { why: detail || title, overtaken };
    }
  };
  const run = async (orders: readonly OrderOut[], to: BulkMove): Promise<Orders> => {
    setBusy(true);
    const moved = new Map<string, OrderOut>();
    await inLanes(orders, LANES, async (order) => {
      const result = await move(order, to);
      if ('order' in result) moved.set(order.id, result.order);
      setResults((told) => new Map([...told, [order.id, result]]));
    });
    setBusy(false);
    void cache.invalidateQueries({ queryKey: adminOrdersSearchQueryKey() });
    void cache.invalidateQueries({ queryKey: adminTodoShowQueryKey() });
    for (const id of moved.keys()) {
      void cache.invalidateQueries({
        queryKey: adminOrdersGetQueryKey({ path: { order_id: id } }),
      });
    }
    return moved;
  };
  return { run, results, busy, forget: () => setResults(new Map()) };
}

/** These orders as they are now; one that cannot be read is left out. */
export async function readAgain(ids: readonly string[]): Promise<Orders> {
  const found = new Map<string, OrderOut>();
  await inLanes(ids, LANES, async (id) => {
    const answer = await adminOrdersGet({ path: { order_id: id } });
    if (answer.data) found.set(id, answer.data);
  });
  return found;
}
