import { ChevronLeft } from 'lucide-react';
import { useParams } from 'react-router';
import { asProblem } from '@/api/problem';
import { useSession } from '@/shared/session';
import { EmptyState, ErrorState } from '@/shared/ui';
import { Link } from '@/shop/Link';
import { useT } from '../../../i18n';
import { OrderSkeleton, OrderView, StatusBadge, useOrder } from '../../tracking';
import { AccountPage } from '../AccountPage';

export default function OrderPage() {
  const t = useT();
  const { id = '' } = useParams();
  const { status } = useSession();
  const { order, timeline } = useOrder(id, status === 'user');
  const { data } = order;
  return (
    <AccountPage
      title={data ? t('order.title', { number: data.number }) : t('order.one')}
      action={data && <StatusBadge order={data} />}
      above={
        <Link
          to="/account/orders"
          className="no-print mb-3 -ml-1 inline-flex min-h-9 items-center gap-1 text-muted hover:text-ink"
        >
          <ChevronLeft aria-hidden className="size-4" />
          {t('account.orders')}
        </Link>
      }
    >
      {data && <OrderView order={data} timeline={timeline} />}
      {!data && order.error && <Failure error={order.error} onRetry={() => void order.refetch()} />}
      {!data && !order.error && <OrderSkeleton />}
    </AccountPage>
  );
}

function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useT();
  const { status } = asProblem(error);
  if (status !== 404 && status !== 422) return <ErrorState error={error} onRetry={onRetry} />;
  return <EmptyState title={t('order.missing')}>{t('order.missingHere')}</EmptyState>;
}
