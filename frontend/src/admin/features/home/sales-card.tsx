import { lazy, Suspense } from 'react';
import type { SalesBucket, SalesReport } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Skeleton } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { ChartCard } from '@/admin/ui/chart';
import { money } from '@/admin/ui/format';
import { bucketName } from './buckets';
import { amount, count } from './columns';

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
    count('orders', t('home.kpi_orders'), (bucket) => bucket.orders),
    amount('average', t('home.kpi_average'), (bucket) => bucket.average_order_value),
    amount('refunds', t('home.refunds'), (bucket) => bucket.refunds),
    count('new', t('home.kpi_new_customers'), (bucket) => bucket.new_customers),
  ];
}
