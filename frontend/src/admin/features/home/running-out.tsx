import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { adminAnalyticsStockOptions } from '@/api/gen/@tanstack/react-query.gen';
import type { RunningOutOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { skuPath } from '@/admin/features/inventory';
import { Thumb } from '@/admin/features/products';
import { Badge, EmptyState } from '@/admin/ui';
import type { Column, Tone } from '@/admin/ui';
import { ChartCard } from '@/admin/ui/chart';
import { count } from './columns';
import { FailedCard } from './failed-card';

const SHOWN = 5;
const SOON = 14; // days

function toneOf(days: number): Tone {
  if (days === 0) return 'danger';
  return days <= SOON ? 'warn' : 'neutral';
}

const nameOf = ({ title, variant_title: variant }: RunningOutOut) =>
  variant ? `${title} · ${variant}` : title;

function lasts(days: number, t: ReturnType<typeof useT>): string {
  if (days === 0) return t('home.lasts_not');
  return days > 365 ? t('home.lasts_long') : t('home.lasts', { days });
}

/** What is sold out first, if it goes on selling as in the last days. */
export function RunningOut() {
  const t = useT();
  const forecast = useQuery(adminAnalyticsStockOptions({ query: { limit: 20 } }));
  const columns = useColumns();
  if (forecast.isError && !forecast.data) {
    return <FailedCard title={t('home.running_out')} query={forecast} />;
  }
  const items = forecast.data?.items;
  return (
    <ChartCard
      title={t('home.running_out')}
      file="running-out.csv"
      columns={columns}
      rows={items}
      idOf={(item) => item.variant_id}
      className="min-w-0"
      height="h-44"
    >
      {items?.length === 0 ? (
        <EmptyState title={t('home.nothing_runs_out')}>
          {t('home.nothing_runs_out_hint')}
        </EmptyState>
      ) : (
        <ol className="space-y-3">
          {items?.slice(0, SHOWN).map((item) => (
            <Line key={item.variant_id} item={item} />
          ))}
        </ol>
      )}
    </ChartCard>
  );
}

function Line({ item }: { item: RunningOutOut }) {
  const t = useT();
  const mayLook = useMay()('inventory:read');
  return (
    <li className="flex items-center gap-3">
      <Thumb image={item.thumbnail} />
      <div className="min-w-0 flex-1">
        {mayLook ? (
          <Link
            to={skuPath(item.sku)}
            className="block truncate font-medium hover:underline focus-visible:-outline-offset-2"
          >
            {nameOf(item)}
          </Link>
        ) : (
          <span className="block truncate font-medium">{nameOf(item)}</span>
        )}
        <p className="text-[13px] text-muted">
          {t('home.left_and_sold', { left: item.available, sold: item.units_sold })}
        </p>
      </div>
      <Badge tone={toneOf(item.days_left)}>{lasts(item.days_left, t)}</Badge>
    </li>
  );
}

function useColumns(): Column<RunningOutOut>[] {
  const t = useT();
  return [
    { id: 'title', header: t('home.product'), cell: nameOf, text: nameOf },
    {
      id: 'sku',
      header: t('inventory.sku'),
      stack: 'plain',
      cell: (item) => <span className="font-mono text-[13px] break-all">{item.sku}</span>,
      text: (item) => item.sku,
    },
    count('available', t('inventory.available'), (item) => item.available),
    count('units_sold', t('home.sold_lately'), (item) => item.units_sold),
    count('days_left', t('home.days_left'), (item) => item.days_left),
  ];
}
