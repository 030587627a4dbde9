import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from 'react-router';
import {
  adminOrdersGetOptions,
  adminOrdersSearchQueryKey,
  adminOrdersTimelineQueryKey,
} from '@/api/gen/@tanstack/react-query.gen';
import type { OrderOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Card, DateTime, PageError, PageHeader, PageSkeleton } from '@/admin/ui';
import { CustomerCard } from '../detail/customer-card';
import { LinesCard } from '../detail/lines-card';
import { OrderActions } from '../detail/order-actions';
import { PaymentsCard } from '../detail/payments-card';
import { TimelineCard } from '../detail/timeline-card';
import { FulfillmentBadge, OrderStatusBadge, PaymentBadge } from '../status';

const REFUND_LOOK = 5_000; // milliseconds

/** What was paid for a cancelled order goes back by itself, a moment later. */
const isBeingRefunded = (order: OrderOut) =>
  order.status === 'cancelled' &&
  (order.payment_status === 'paid' || order.payment_status === 'partially_refunded');

export default function OrderDetail() {
  const t = useT();
  const { orderId = '' } = useParams();
  const cache = useQueryClient();
  const path = { order_id: orderId };
  const query = adminOrdersGetOptions({ path });
  const found = useQuery({
    ...query,
    refetchInterval: ({ state }) => state.data && isBeingRefunded(state.data) && REFUND_LOOK,
  });
  if (found.isPending) return <PageSkeleton />;
  if (!found.data) {
    return (
      <PageError
        error={found.error}
        onRetry={() => void found.refetch()}
        back={{ to: '/orders', label: t('orders.back') }}
      />
    );
  }
  const order = found.data;
  const refreshRest = () => {
    void cache.invalidateQueries({ queryKey: adminOrdersTimelineQueryKey({ path }) });
    void cache.invalidateQueries({ queryKey: adminOrdersSearchQueryKey() });
    void cache.invalidateQueries({ queryKey: ['nav-count'] });
  };
  const reload = async (): Promise<OrderOut> => {
    const fresh = await cache.fetchQuery({ ...query, staleTime: 0 });
    refreshRest();
    return fresh;
  };
  const onChanged = (changed: OrderOut) => {
    cache.setQueryData(query.queryKey, changed);
    refreshRest();
  };
  return (
    <>
      <PageHeader
        title={order.number}
        back={{ to: '/orders', label: t('orders.back') }}
        beside={
          <span className="flex flex-wrap gap-1.5">
            <OrderStatusBadge status={order.status} />
            {order.payment_status !== 'pending' && <PaymentBadge status={order.payment_status} />}
            {order.fulfillment_status !== 'unfulfilled' &&
              order.fulfillment_status !== order.status && (
                <FulfillmentBadge status={order.fulfillment_status} />
              )}
          </span>
        }
        sub={<DateTime value={order.placed_at} />}
        actions={<OrderActions order={order} onChanged={onChanged} reload={reload} />}
      />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="min-w-0 space-y-4">
          <LinesCard order={order} />
          <PaymentsCard order={order} />
          <TimelineCard order={order} />
        </div>
        <div className="min-w-0 space-y-4">
          {order.note && (
            <Card title={t('orders.buyer_note')}>
              <p className="break-words whitespace-pre-line">{order.note}</p>
            </Card>
          )}
          <CustomerCard order={order} />
        </div>
      </div>
    </>
  );
}
