import { Check } from 'lucide-react';
import { useParams } from 'react-router';
import type { OrderOut } from '@/api/gen';
import { useSession } from '@/shared/session';
import { Link } from '@/shop/Link';
import { useT } from '../../../i18n';
import { useTitle } from '../../../layout/useTitle';
import { MissingOrder, OrderSkeleton, OrderView, useOrder } from '../../tracking';
import { JoinAfterwards } from './JoinAfterwards';

/** Thanks, the number to remember, and all of the order; it prints as a receipt. */
export default function ConfirmationPage() {
  const t = useT();
  const { id = '' } = useParams();
  const { status } = useSession();
  const { order, timeline } = useOrder(id, status !== 'unknown');
  useTitle(t('confirmed.title'));
  return (
    <div className="wrap pt-8 pb-20 lg:pt-12">
      <div className="mx-auto max-w-5xl">
        {order.data && (
          <>
            <Thanks order={order.data} guest={status === 'guest'} />
            <OrderView order={order.data} timeline={timeline} />
            {status === 'guest' && <JoinAfterwards order={order.data} />}
            <p className="no-print mt-10">
              <Link to="/products" className="btn btn-ghost">
                {t('confirmed.on')}
              </Link>
            </p>
          </>
        )}
        {!order.data && !order.isError && <OrderSkeleton />}
        {!order.data && order.isError && (
          <MissingOrder alone error={order.error} onRetry={() => void order.refetch()} />
        )}
      </div>
    </div>
  );
}

function Thanks({ order, guest }: { order: OrderOut; guest: boolean }) {
  const t = useT();
  const paid = order.payment_status === 'paid';
  const [first = ''] = order.shipping_address.name.split(' ');
  return (
    <div role="status">
      {paid && (
        <span
          aria-hidden
          className="no-print mb-4 grid size-12 place-items-center rounded-full bg-brand text-brand-ink"
        >
          <Check className="size-6" strokeWidth={2.5} />
        </span>
      )}
      <h1 className="font-display text-h1 break-words">
        {paid ? t('confirmed.thanks', { name: first }) : t('confirmed.almost')}
      </h1>
      <p className="mt-3 text-lg">
        {t('order.title', { number: '' })}
        <strong className="font-semibold tabular-nums">{order.number}</strong>
      </p>
      {guest && (
        <p className="mt-1 text-muted break-words">{t('confirmed.keep', { email: order.email })}</p>
      )}
    </div>
  );
}
