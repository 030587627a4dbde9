import { Link } from 'react-router';
import type { StaffSessionOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { DateTime, Money } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { decimal, money } from '@/admin/ui/format';
import { SessionBadge } from './status';

export function usePaymentColumns(open: (id: string) => void): Column<StaffSessionOut>[] {
  const t = useT();
  const mayOrders = useMay()('orders:read');
  const amount = (id: 'captured' | 'refunded'): Column<StaffSessionOut> => ({
    id,
    header: t(`payments.column_${id}`),
    align: 'right',
    cell: (row) =>
      row[id] ? <Money value={{ ...row.amount, amount: row[id] }} /> : <Money value={null} />,
    text: (row) => decimal(row[id], row.amount.currency),
  });
  const columns: Column<StaffSessionOut>[] = [
    {
      id: 'amount',
      header: t('payments.column_payment'),
      fixed: true,
      cell: (row) => (
        <button
          type="button"
          className="font-medium after:absolute after:inset-0 hover:underline"
          aria-label={t('payments.open', { amount: money(row.amount) })}
          onClick={() => open(row.id)}
        >
          <Money value={row.amount} />
        </button>
      ),
      text: (row) => `${decimal(row.amount.amount, row.amount.currency)} ${row.amount.currency}`,
    },
    {
      id: 'status',
      header: t('payments.column_status'),
      stack: 'corner',
      cell: (row) => <SessionBadge status={row.status} />,
      text: (row) => t(`payments.status_${row.status}`),
    },
    {
      id: 'when',
      header: t('payments.column_when'),
      stack: 'plain',
      cell: (row) => (
        <span className="text-muted">
          <DateTime value={row.created_at} relative />
        </span>
      ),
      text: (row) => row.created_at,
    },
    {
      id: 'provider',
      header: t('payments.column_provider'),
      stack: 'plain',
      cell: (row) => row.provider,
      text: (row) => row.provider,
    },
    {
      id: 'reference',
      header: t('payments.column_reference'),
      hidden: true,
      cell: (row) => <span className="break-all">{row.reference ?? '–'}</span>,
      text: (row) => row.reference ?? '',
    },
    {
      id: 'declines',
      header: t('payments.column_declines'),
      align: 'right',
      cell: (row) => (row.declines ? row.declines : <span className="text-muted">–</span>),
      text: (row) => row.declines,
    },
    amount('captured'),
    amount('refunded'),
  ];
  if (mayOrders) columns.push(orderColumn(t));
  return columns;
}

const orderColumn = (t: ReturnType<typeof useT>): Column<StaffSessionOut> => ({
  id: 'order',
  header: t('payments.column_order'),
  stack: 'plain',
  align: 'right',
  cell: (row) => (
    <Link
      to={`/orders/${row.order_id}`}
      className="relative z-10 whitespace-nowrap text-brand hover:underline"
    >
      {t('payments.open_order')}
    </Link>
  ),
  text: (row) => row.order_id,
});
