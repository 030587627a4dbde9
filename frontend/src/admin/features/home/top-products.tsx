import { Link } from 'react-router';
import type { BestSellerOut, ProductsReport } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { Thumb } from '@/admin/features/products';
import { EmptyState, Money } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { ChartCard } from '@/admin/ui/chart';
import { amount, count } from './columns';

const SHOWN = 5;

export function TopProducts({ report }: { report: ProductsReport | undefined }) {
  const t = useT();
  const mayLook = useMay()('catalog:read');
  const most = report?.items[0]?.revenue.amount ?? 0;
  return (
    <ChartCard
      title={t('home.top_products')}
      file="top-products.csv"
      columns={useColumns()}
      rows={report?.items}
      idOf={(row) => row.product_id}
      className="min-w-0"
    >
      {report?.items.length === 0 && <EmptyState title={t('home.nothing_sold')} />}
      <ol className="space-y-3">
        {report?.items.slice(0, SHOWN).map((row) => (
          <li key={row.product_id} className="flex items-center gap-3">
            <Thumb image={row.thumbnail} />
            <div className="min-w-0 flex-1">
              <p className="flex justify-between gap-3">
                {mayLook && row.slug ? (
                  <Link
                    to={`/products/${row.product_id}`}
                    className="truncate font-medium hover:underline"
                  >
                    {row.title}
                  </Link>
                ) : (
                  <span className="truncate font-medium">{row.title}</span>
                )}
                <Money value={row.revenue} />
              </p>
              <p className="text-[13px] text-muted">{t('home.sold', { count: row.units })}</p>
              <span aria-hidden className="mt-1 block h-1 rounded-full bg-tile">
                <span
                  className="block h-1 rounded-full bg-brand"
                  style={{ width: `${(row.revenue.amount / (most || 1)) * 100}%` }}
                />
              </span>
            </div>
          </li>
        ))}
      </ol>
    </ChartCard>
  );
}

function useColumns(): Column<BestSellerOut>[] {
  const t = useT();
  return [
    {
      id: 'title',
      header: t('home.product'),
      cell: (row) => row.title,
      text: (row) => row.title,
    },
    count('units', t('home.units'), (row) => row.units),
    amount('revenue', t('home.revenue'), (row) => row.revenue),
    amount('before', t('home.before'), (row) => row.previous_revenue),
  ];
}
