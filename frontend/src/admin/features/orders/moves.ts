import type { OrderOut, OrderStatus } from '@/api/gen/types.gen';

/** What staff may set by hand. */
export type Move = Extract<OrderStatus, 'processing' | 'shipped' | 'delivered' | 'cancelled'>;

/** As the API has it (`orders/states.py`); it has the last word, by 409 with the legal ones. */
const BY_HAND: Partial<Record<OrderStatus, readonly Move[]>> = {
  pending: ['cancelled'],
  confirmed: ['processing', 'cancelled'],
  processing: ['shipped', 'cancelled'],
  shipped: ['delivered'],
};

/** Where an order may be moved from where it is, in the order of progress. */
export function legalMoves(order: Pick<OrderOut, 'status'>): readonly Move[] {
  return BY_HAND[order.status as OrderStatus] ?? [];
}
