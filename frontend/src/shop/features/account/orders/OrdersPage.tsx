import { EmptyState, ErrorState, Skeleton } from '@/shared/ui';
import { Link } from '@/shop/Link';
import { useT } from '../../../i18n';
import { AccountPage } from '../AccountPage';
import { OrderCard } from './OrderCard';
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
  const t = useT();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useOrders();
  if (!data) {
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <OrdersSkeleton />;
  }
  if (data.length === 0) return <NoOrders />;
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
