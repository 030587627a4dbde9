import type { OrderOut } from '@/api/gen/types.gen';
import { tAny, useT } from '@/admin/i18n';
import { DateTime, Money } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { decimal } from '@/admin/ui/format';
import { FulfillmentBadge, OrderStatusBadge, orderStatus, PaymentBadge } from './status';

const quantity = (order: OrderOut) => order.lines.reduce((sum, line) => sum + line.quantity, 0);

/** What lists of orders can show; also those on the home page and on a customer's. */
export function useOrderColumns(): Column<OrderOut>[] {
  const t = useT();
  return [
    {
      id: 'number',
      header: t('orders.column_number'),
      fixed: true,
      cell: (row) => <span className="whitespace-nowrap">{row.number}</span>,
      text: (row) => row.number,
    },
    {
      id: 'placed',
      header: t('orders.column_placed'),
      sort: 'placed',
      stack: 'plain',
      cell: (row) => (
        <span className="text-muted">
          <DateTime value={row.placed_at} relative />
        </span>
      ),
      text: (row) => row.placed_at,
    },
    {
      id: 'customer',
      header: t('orders.column_customer'),
      stack: 'plain',
      cell: (row) => row.shipping_address.name,
      text: (row) => row.shipping_address.name,
    },
    {
      id: 'email',
      header: t('orders.column_email'),
      stack: 'plain',
      hidden: true,
      cell: (row) => row.email,
      text: (row) => row.email,
    },
    {
      id: 'status',
      header: t('orders.column_status'),
      stack: 'plain',
      cell: (row) => <OrderStatusBadge status={row.status} />,
      text: (row) => orderStatus(row.status),
    },
    {
      id: 'payment',
      header: t('orders.column_payment'),
      stack: 'plain',
      cell: (row) => <PaymentBadge status={row.payment_status} />,
      text: (row) => tAny(`orders.payment_${row.payment_status}`, row.payment_status),
    },
    {
      id: 'fulfillment',
      header: t('orders.column_fulfillment'),
      stack: 'plain',
      hidden: true,
      cell: (row) => <FulfillmentBadge status={row.fulfillment_status} />,
      text: (row) => tAny(`orders.fulfillment_${row.fulfillment_status}`, row.fulfillment_status),
    },
    {
      id: 'items',
      header: t('orders.column_items'),
      align: 'right',
      cell: quantity,
      text: quantity,
    },
    {
      id: 'total',
      header: t('orders.column_total'),
      sort: 'total',
      stack: 'corner',
      align: 'right',
      cell: (row) => <Money value={row.totals.grand_total} />,
      text: ({ totals, currency }) => `${decimal(totals.grand_total.amount, currency)} ${currency}`,
    },
  ];
}
