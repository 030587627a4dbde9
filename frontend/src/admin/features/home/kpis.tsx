import type { SalesOut, SalesReport } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Skeleton } from '@/admin/ui';
import { Sparkline } from '@/admin/ui/chart';
import { number } from '@/admin/ui/format';
import { roundMoney } from './buckets';
import { Delta } from './delta';

interface Figure {
  id: 'sales' | 'orders' | 'average' | 'new_customers';
  /** As a number that can be compared; money in minor units. */
  of: (sales: SalesOut) => number;
  shown: (value: number, currency: string) => string;
}

const FIGURES: readonly Figure[] = [
  { id: 'sales', of: (sales) => sales.sales.amount, shown: roundMoney },
  { id: 'orders', of: (sales) => sales.orders, shown: number },
  { id: 'average', of: (sales) => sales.average_order_value?.amount ?? 0, shown: roundMoney },
  { id: 'new_customers', of: (sales) => sales.new_customers, shown: number },
];

/** The figures of the period beside those of the one before. */
export function Kpis({ report }: { report: SalesReport | undefined }) {
  const t = useT();
  return (
    <dl className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4 lg:gap-4">
      {FIGURES.map(({ id, of, shown }) => (
        <div key={id} className="card min-w-0 p-3.5 sm:p-4">
          <dt className="text-[13px] text-muted">{t(`home.kpi_${id}`)}</dt>
          {report ? (
            <dd>
              <span className="block text-lg leading-tight font-semibold tracking-tight break-words tabular-nums sm:text-2xl">
                {shown(of(report.total), report.currency)}
              </span>
              <span className="mt-1 flex items-end justify-between gap-2">
                <Delta now={of(report.total)} before={of(report.previous_total)} />
                <span className="max-sm:hidden">
                  <Sparkline values={report.items.map(of)} />
                </span>
              </span>
            </dd>
          ) : (
            <dd>
              <Skeleton className="mt-2 h-7 w-28" />
              <Skeleton className="mt-3 h-4 w-20" />
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
