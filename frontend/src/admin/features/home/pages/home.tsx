import { useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import {
  adminAnalyticsFunnelOptions,
  adminAnalyticsProductsOptions,
  adminAnalyticsSalesOptions,
} from '@/api/gen/@tanstack/react-query.gen';
import { useT } from '@/admin/i18n';
import { Allowed, useMay } from '@/admin/app/permissions';
import { useStore } from '@/admin/app/use-store';
import { ErrorState, PageHeader } from '@/admin/ui';
import { useSession } from '@/shared/session';
import { BreakdownCard } from '../breakdown-card';
import { BuyersCards } from '../buyers-cards';
import { FunnelCard } from '../funnel-card';
import { Kpis } from '../kpis';
import { askFor, readPeriod } from '../period';
import type { Chosen } from '../period';
import { PeriodPicker } from '../period-picker';
import { RecentOrders } from '../recent-orders';
import { RunningOut } from '../running-out';
import { SalesCard } from '../sales-card';
import { SpeedCard } from '../speed-card';
import { TodoStrip } from '../todo-strip';
import { TopProducts } from '../top-products';

const timeZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

function greeting(hour: number) {
  if (hour < 5 || hour >= 18) return 'home.evening';
  return hour < 12 ? 'home.morning' : 'home.afternoon';
}

export default function Home() {
  const t = useT();
  const { user } = useSession();
  const seesFigures = useMay()('analytics:read');
  const [params] = useSearchParams();
  const store = useStore();
  const [hour] = useState(() => new Date().getHours());
  const chosen = readPeriod(params);
  const currency = params.get('currency') ?? store?.default_currency ?? '';
  const name = user?.name?.split(' ')[0] ?? user?.email ?? '';
  return (
    <>
      <PageHeader
        title={t(greeting(hour), { name })}
        sub={t('home.sub')}
        actions={seesFigures && <PeriodPicker chosen={chosen} currency={currency} />}
      />
      <TodoStrip />
      {seesFigures && <Figures chosen={chosen} currency={params.get('currency') ?? ''} />}
      <Allowed to="orders:read">
        <RecentOrders />
      </Allowed>
    </>
  );
}

function Figures({ chosen, currency }: { chosen: Chosen; currency: string }) {
  const query = {
    ...askFor(chosen),
    ...(currency && { currency }),
    time_zone: timeZone(),
  };
  const sales = useQuery({
    ...adminAnalyticsSalesOptions({ query }),
    placeholderData: keepPreviousData,
  });
  const products = useQuery({
    ...adminAnalyticsProductsOptions({ query: { ...query, limit: 20 } }),
    placeholderData: keepPreviousData,
  });
  const funnel = useQuery({
    ...adminAnalyticsFunnelOptions({ query }),
    placeholderData: keepPreviousData,
  });
  const all = [sales, products, funnel];
  const failed = all.find((one) => one.isError && !one.data);
  if (failed) {
    const retry = () => void Promise.all(all.map((one) => one.refetch()));
    return (
      <div className="card mb-4">
        <ErrorState error={failed.error} onRetry={retry} />
      </div>
    );
  }
  return (
    <div className={sales.isPlaceholderData ? 'opacity-60 transition-opacity' : ''}>
      <Kpis report={sales.data} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <SalesCard report={sales.data} />
        <TopProducts report={products.data} />
        <FunnelCard report={funnel.data} />
        <RunningOut />
      </div>
      <div className="mt-4 grid items-start gap-4 lg:grid-cols-2 xl:grid-cols-3">
        <BreakdownCard query={query} />
        <BuyersCards query={query} />
        <SpeedCard query={query} />
      </div>
    </div>
  );
}
