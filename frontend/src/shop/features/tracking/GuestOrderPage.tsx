import { useParams } from 'react-router';
import { useSession } from '@/shared/session';
import { useT } from '../../i18n';
import { useTitle } from '../../layout/useTitle';
import { MissingOrder } from './order/MissingOrder';
import { OrderSkeleton } from './order/OrderSkeleton';
import { OrderView } from './order/OrderView';
import { StatusBadge } from './order/StatusBadge';
import { KeepOrder } from './order/KeepOrder';
import { useOrder } from './order/useOrder';

/** An order by the token that this device keeps, or by the account that placed it. */
export default function GuestOrderPage() {
  const t = useT();
  const { id = '' } = useParams();
  const { status } = useSession();
  const { order, timeline } = useOrder(id, status !== 'unknown');
  const title = order.data ? t('order.title', { number: order.data.number }) : t('order.one');
  useTitle(title);
  return (
    <div className="wrap pt-8 lg:pt-12">
      <div className="mx-auto max-w-5xl">
        <div className="flex flex-wrap items-center justify-between gap-4">
          <h1 className="font-display text-h1">{title}</h1>
          {order.data && <StatusBadge order={order.data} />}
        </div>
        {order.data && status === 'user' && <KeepOrder order={order.data} />}
        {order.data && <OrderView order={order.data} timeline={timeline} />}
        {!order.data && order.error && (
          <MissingOrder error={order.error} onRetry={() => void order.refetch()} />
        )}
        {!order.data && !order.error && <OrderSkeleton />}
      </div>
    </div>
  );
}
