import type { OrderOut } from '@/api/gen/types.gen';
import { t } from '@/admin/i18n';
import { legalMoves } from '../moves';
import type { Move } from '../moves';
import { orderStatus } from '../status';

export type BulkMove = Exclude<Move, 'cancelled'>;

/** The way of an order, step by step. */
const WAY: readonly string[] = ['pending', 'confirmed', 'processing', 'shipped', 'delivered'];

/** Why an order cannot be moved there from where it is; undefined when it can. */
export function whyNot({ status }: Pick<OrderOut, 'status'>, to: BulkMove): string | undefined {
  if (legalMoves({ status }).includes(to)) return undefined;
  if (status === 'pending') return t('orders.bulk_unpaid');
  const place = WAY.indexOf(status);
  if (place < 0) return t('orders.bulk_over', { status: orderStatus(status) });
  return place >= WAY.indexOf(to)
    ? t('orders.bulk_already', { status: orderStatus(status) })
    : t('orders.bulk_too_early', { status: orderStatus(status) });
}
