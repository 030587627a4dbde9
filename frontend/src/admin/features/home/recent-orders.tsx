import { useQuery } from '@tanstack/react-query';
import { ShoppingCart } from 'lucide-react';
import { Link } from 'react-router';
import { adminOrdersSearchOptions } from '@/api/gen/@tanstack/react-query.gen';
import { useT } from '@/admin/i18n';
import { useOrderColumns } from '@/admin/features/orders';
import { Card, EmptyState, ErrorState, Table } from '@/admin/ui';

const SHOWN = ['number', 'placed', 'customer', 'payment', 'status', 'total'];

export function RecentOrders() {
  const t = useT();
  const columns = useOrderColumns().filter((column) => SHOWN.includes(column.id));
  const recent = useQuery({
    ...adminOrdersSearchOptions({ query: { limit: 6 } }),
    refetchInterval: 60_000,
  });
  return (
    <Card
      title={t('home.recent_orders')}
      flush
      className="mt-4 overflow-hidden"
      actions={
        <Link to="/orders" className="text-[13px] text-brand hover:underline">
          {t('home.view_all')}
        </Link>
      }
    >
      {recent.isError && !recent.data ? (
        <ErrorState error={recent.error} onRetry={() => void recent.refetch()} />
      ) : recent.data?.items.length === 0 ? (
        <EmptyState icon={<ShoppingCart />} title={t('orders.empty')}>
          {t('orders.empty_hint')}
        </EmptyState>
      ) : (
        <div className="border-t border-line">
          <Table
            label={t('home.recent_orders')}
            columns={columns}
            rows={recent.data?.items}
            idOf={(row) => row.id}
            hrefOf={(row) => `/orders/${row.id}`}
            skeletonRows={6}
          />
        </div>
      )}
    </Card>
  );
}
