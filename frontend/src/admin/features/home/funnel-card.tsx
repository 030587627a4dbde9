import type { FunnelOut, FunnelReport } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { EmptyState } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { ChartCard, ShareLine } from '@/admin/ui/chart';
import { number, percent } from '@/admin/ui/format';
import { count } from './columns';

const STEPS = ['carts', 'checkouts', 'orders', 'paid'] as const satisfies (keyof FunnelOut)[];

interface Step {
  id: (typeof STEPS)[number];
  count: number;
  /** Of the carts, 0 to 1. */
  share: number;
  before: number;
  shareBefore: number;
}

const shareOf = (funnel: FunnelOut, step: keyof FunnelOut) => funnel[step] / (funnel.carts || 1);

const stepsOf = ({ total, previous_total: before }: FunnelReport): Step[] =>
  STEPS.map((id) => ({
    id,
    count: total[id],
    share: shareOf(total, id),
    before: before[id],
    shareBefore: shareOf(before, id),
  }));

/** How many of the carts get to the checkout, become an order, and are paid. */
export function FunnelCard({ report }: { report: FunnelReport | undefined }) {
  const t = useT();
  const steps = report && stepsOf(report);
  return (
    <ChartCard
      title={t('home.funnel')}
      file="funnel.csv"
      columns={useColumns()}
      rows={steps}
      idOf={(step) => step.id}
      className="min-w-0"
      height="h-44"
    >
      {report?.total.carts === 0 ? (
        <EmptyState title={t('home.no_carts')}>{t('home.no_carts_hint')}</EmptyState>
      ) : (
        <ol className="space-y-3.5">
          {steps?.map((step) => (
            <ShareLine
              key={step.id}
              name={t(`home.funnel_${step.id}`)}
              value={number(step.count)}
              beside={percent(step.share)}
              share={step.share}
            />
          ))}
        </ol>
      )}
    </ChartCard>
  );
}

const share = (id: 'share' | 'shareBefore', header: string): Column<Step> => ({
  id,
  header,
  align: 'right',
  cell: (step) => percent(step[id]),
  text: (step) => Math.round(step[id] * 1000) / 1000,
});

function useColumns(): Column<Step>[] {
  const t = useT();
  return [
    {
      id: 'step',
      header: t('home.funnel_step'),
      cell: (step) => t(`home.funnel_${step.id}`),
      text: (step) => t(`home.funnel_${step.id}`),
    },
    count('count', t('home.now'), (step) => step.count),
    share('share', t('home.funnel_share')),
    count('before', t('home.before'), (step) => step.before),
    share('shareBefore', t('home.funnel_share_before')),
  ];
}
