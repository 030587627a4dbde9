import { lazy, Suspense } from 'react';
import type { SalesBucket, SalesReport } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Money, Skeleton } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { ChartCard } from '@/admin/ui/chart';
import { decimal, money } from '@/admin/ui/format';
import type { Amount } from '@/admin/ui/format';
import { bucketName } from './buckets';

const SalesChart = lazy(() => import('./sales-chart'));

export function SalesCard({ report }: { report: SalesReport | undefined }) {
  const t = useT();
  const columns = useSalesColumns(report);
  return (
    <ChartCard
      title={t('home.sales')}
      file="sales.csv"
      columns={columns}
      rows={report?.items}
      idOf={(bucket) => bucket.starts_at}
      className="min-w-0"
      {...(report && {
        summary: t('home.sales_summary', {
          now: money(report.total.sales),
          before: money(report.previous_total.sales),
        }),
      })}
    >
      <p aria-hidden className="mb-2 flex flex-wrap gap-x-4 text-[13px] text-muted">
        <span className="flex items-center gap-1.5">
          <span className="w-4 border-t-2 border-brand" />
          {t('home.now')}
        </span>
        <span className="flex items-center gap-1.5">
          <span className="w-4 border-t-2 border-dashed border-muted" />
          {t('home.before')}
        </span>
      </p>
      {report && (
        <Suspense fallback={<Skeleton className="h-64 rounded-lg" />}>
          <SalesChart report={report} />
        </Suspense>
      )}
    </ChartCard>
  );
}

const amount = (
  id: string,
  header: string,
  of: (bucket: SalesBucket) => Amount | null,
): Column<SalesBucket> => ({
  id,
  header,
  align: 'right',
  cell: (bucket) => <Money value={of(bucket)} />,
  text: (bucket) => {
    const value = of(bucket);
    return value ? decimal(value.amount, value.currency) : '';
  },
});

function useSalesColumns(report: SalesReport | undefined): Column<SalesBucket>[] {
  const t = useT();
  return [
    {
      id: 'starts',
      header: t(`home.interval_${report?.interval ?? 'day'}`),
      cell: (bucket) => bucketName(bucket.starts_at, report?.interval ?? 'day'),
      text: (bucket) => bucket.starts_at,
    },
    amount('sales', t('home.now'), (bucket) => bucket.sales),
    amount('before', t('home.before'), (bucket) => bucket.previous.sales),
    {
      id: 'orders',
      header: t('home.kpi_orders'),
      align: 'right',
      cell: (bucket) => bucket.orders,
      text: (bucket) => bucket.orders,
    },
    amount('average', t('home.kpi_average'), (bucket) => bucket.average_order_value),
    amount('refunds', t('home.refunds'), (bucket) => bucket.refunds),
    {
      id: 'new',
      header: t('home.kpi_new_customers'),
      align: 'right',
      cell: (bucket) => bucket.new_customers,
      text: (bucket) => bucket.new_customers,
    },
  ];
}
