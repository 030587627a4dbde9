import type { OrderStatus } from '@/api/gen';
import { EmptyState, ErrorState, Skeleton } from '@/shared/ui';
import { Link } from '@/shop/Link';
import { useT } from '../../../i18n';
import { STATUSES } from '../../tracking';
import { AccountPage } from '../AccountPage';
import { OrderCard } from './OrderCard';
import { StatusFilter, useStatus } from './StatusFilter';
import { useOrders } from './useOrders';

export default function OrdersPage() {
  const t = useT();
  return (
    <AccountPage title={t('account.orders')}>
      <Orders />
    </AccountPage>
  );
}

function Orders() {
  const status = useStatus();
  const orders = useOrders(status);
  if (orders.data?.length === 0 && !status) return <NoOrders />;
  return (
    <>
      <StatusFilter chosen={status} />
      <Found orders={orders} status={status} />
    </>
  );
}

interface FoundProps {
  orders: ReturnType<typeof useOrders>;
  status: OrderStatus | undefined;
}

function Found({ orders, status }: FoundProps) {
  const t = useT();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = orders;
  if (!data) {
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <OrdersSkeleton />;
  }
  if (status && data.length === 0) return <NoneWith status={status} />;
  return (
    <>
      <ul className="mt-8 flex flex-col gap-4">
        {data.map((order) => (
          <OrderCard key={order.id} order={order} />
        ))}
      </ul>
      {error && hasNextPage && (
        <p role="alert" className="mt-6 text-center text-sale">
          {t('error.title')}
        </p>
      )}
      {hasNextPage && (
        <div className="mt-8 text-center">
          <button
            type="button"
            className="btn btn-ghost"
            aria-disabled={isFetchingNextPage || undefined}
            onClick={() => {
              if (!isFetchingNextPage) void fetchNextPage();
            }}
          >
            {t(isFetchingNextPage ? 'state.loading' : 'pager.more')}
          </button>
        </div>
      )}
    </>
  );
}

function NoneWith({ status }: { status: OrderStatus }) {
  const t = useT();
  return (
    <EmptyState
      title={t('orders.noneWith', { status: t(STATUSES[status].label) })}
      action={
        <Link to="/account/orders" className="btn btn-ghost">
          {t('orders.showAll')}
        </Link>
      }
    >
      {t('orders.noneWithText')}
    </EmptyState>
  );
}

export function NoOrders() {
  const t = useT();
  return (
    <EmptyState
      title={t('orders.none')}
      action={
        <Link to="/products" className="btn btn-primary">
          {t('notFound.browse')}
        </Link>
      }
    >
      {t('orders.noneText')}
    </EmptyState>
  );
}

export function OrdersSkeleton() {
  return (
    <div className="mt-8 flex flex-col gap-4">
      <Skeleton className="h-38 w-full rounded-tile!" />
      <Skeleton className="h-38 w-full rounded-tile!" />
      <Skeleton className="h-38 w-full rounded-tile!" />
    </div>
  );
}
