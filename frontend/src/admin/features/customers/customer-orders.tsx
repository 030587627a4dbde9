import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { adminOrdersSearchOptions } from '@/api/gen/@tanstack/react-query.gen';
import type { CustomerDetail } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useOrderColumns } from '@/admin/features/orders';
import { Card, ErrorState, Table } from '@/admin/ui';

const SHOWN = ['number', 'placed', 'status', 'items', 'total'];

/** Their latest orders, found by e-mail: also those from before they had an account. */
export function CustomerOrders({ customer }: { customer: CustomerDetail }) {
  const t = useT();
  const columns = useOrderColumns().filter((column) => SHOWN.includes(column.id));
  const orders = useQuery(
    adminOrdersSearchOptions({ query: { email: customer.email, limit: 10 } }),
  );
  return (
    <Card
      title={t('customers.orders')}
      flush
      className="overflow-hidden"
      actions={
        orders.data?.next_cursor && (
          <Link
            to={`/orders?email=${encodeURIComponent(customer.email)}`}
            className="text-[13px] text-brand hover:underline"
          >
            {t('home.view_all')}
          </Link>
        )
      }
    >
      {orders.isError && !orders.data ? (
        <ErrorState error={orders.error} onRetry={() => void orders.refetch()} />
      ) : orders.data?.items.length === 0 ? (
        <p className="px-4 pb-4 text-muted">{t('customers.no_orders')}</p>
      ) : (
        <div className="border-t border-line">
          <Table
            label={t('customers.orders')}
            columns={columns}
            rows={orders.data?.items}
            idOf={(row) => row.id}
            hrefOf={(row) => `/orders/${row.id}`}
            skeletonRows={3}
          />
        </div>
      )}
    </Card>
  );
}
