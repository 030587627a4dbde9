import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { adminAnalyticsVitalsOptions } from '@/api/gen/@tanstack/react-query.gen';
import type { Device, Rating, VitalOut, VitalsOut, VitalsReport } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Badge, EmptyState, Field, Select, useParam } from '@/admin/ui';
import type { Column, Tone } from '@/admin/ui';
import { ChartCard } from '@/admin/ui/chart';
import { number } from '@/admin/ui/format';
import { count } from './columns';
import { FailedCard } from './failed-card';
import type { Query } from './period';

const METRICS = ['lcp', 'inp', 'cls'] as const satisfies (keyof VitalsOut)[];
type Metric = (typeof METRICS)[number];

const DEVICES = ['phone', 'desktop'] as const satisfies Device[];
const GOALS: Record<Metric, number> = { lcp: 2_500, inp: 200, cls: 0.1 };
const TONES: Record<Rating, Tone> = { good: 'good', 'needs-improvement': 'warn', poor: 'danger' };

interface Line extends VitalsOut {
  id: string;
  name: string;
}

/** Core Web Vitals as visitors' browsers measured them, by kind of page. */
export function SpeedCard({ query: { from, to } }: { query: Query }) {
  const t = useT();
  const [chosen, choose] = useParam('device', '');
  const device = DEVICES.find((one) => one === chosen);
  const found = useQuery({
    ...adminAnalyticsVitalsOptions({
      query: { from, ...(to && { to }), ...(device && { device }) },
    }),
    placeholderData: keepPreviousData,
  });
  const columns = useColumns();
  const title = t('home.speed');
  if (found.isError && !found.data) return <FailedCard title={title} query={found} />;
  const report = found.data;
  return (
    <ChartCard
      title={title}
      hint={t('home.speed_hint')}
      file="speed.csv"
      columns={columns}
      rows={report && linesOf(report, t)}
      idOf={(line) => line.id}
      className="min-w-0 xl:col-span-3"
      height="h-24"
      controls={
        <Field label={t('home.speed_device')} quiet>
          <Select
            choices={[
              { value: '', label: t('home.speed_device_all') },
              ...DEVICES.map((value) => ({ value, label: t(`home.speed_device_${value}`) })),
            ]}
            value={device ?? ''}
            onChange={({ target }) => choose(target.value)}
          />
        </Field>
      }
    >
      {report && <Total report={report} />}
    </ChartCard>
  );
}

function Total({ report: { items, total } }: { report: VitalsReport }) {
  const t = useT();
  const valueOf = useValueOf();
  if (items.length === 0)
    return <EmptyState title={t('home.speed_none')}>{t('home.speed_none_hint')}</EmptyState>;
  return (
    <ul className="grid gap-x-8 gap-y-5 xl:grid-cols-3">
      {METRICS.map((metric) => {
        const found = total[metric];
        return (
          <li key={metric}>
            <p>{t(`home.speed_${metric}`)}</p>
            <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="text-2xl font-semibold tabular-nums">
                {found ? valueOf(metric, found.p75) : '–'}
              </span>
              <Verdict found={found} />
            </p>
            <p className="mt-1 text-[13px] text-muted">
              {t('home.speed_goal', {
                metric: metric.toUpperCase(),
                goal: valueOf(metric, GOALS[metric]),
              })}
              {found && ` · ${t('home.speed_visits', { count: found.visits })}`}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

function Verdict({ found }: { found: VitalOut | null }) {
  const t = useT();
  if (!found) return <Badge>{t('home.speed_not_measured')}</Badge>;
  return <Badge tone={TONES[found.rating]}>{t(`home.speed_${found.rating}`)}</Badge>;
}

/** Seconds from one second on; a bare number for what moves. */
function useValueOf() {
  const t = useT();
  return (metric: Metric, value: number) => {
    if (metric === 'cls') return number(Math.round(value * 100) / 100);
    if (value < 1_000) return t('home.speed_ms', { value: number(Math.round(value)) });
    return t('home.speed_s', { value: number(Math.round(value / 100) / 10) });
  };
}

function linesOf({ items, total }: VitalsReport, t: ReturnType<typeof useT>): Line[] {
  if (items.length === 0) return [];
  return [
    { ...total, id: 'all', name: t('home.speed_all_pages') },
    ...items.map((item) => ({ ...item, id: item.page, name: t(`home.speed_page_${item.page}`) })),
  ];
}

const visitsOf = (line: Line) => Math.max(...METRICS.map((metric) => line[metric]?.visits ?? 0));

function useColumns(): Column<Line>[] {
  const t = useT();
  const valueOf = useValueOf();
  return [
    {
      id: 'page',
      header: t('home.speed_page'),
      cell: (line) => line.name,
      text: (line) => line.name,
    },
    ...METRICS.map((metric): Column<Line> => ({
      id: metric,
      header: metric.toUpperCase(),
      cell: (line) => {
        const found = line[metric];
        if (!found) return '–';
        return (
          <span className="inline-flex flex-wrap items-center gap-2 tabular-nums">
            {valueOf(metric, found.p75)} <Verdict found={found} />
          </span>
        );
      },
      text: (line) => line[metric]?.p75 ?? '',
    })),
    count('visits', t('home.speed_visits_header'), visitsOf),
  ];
}
