import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { adminAnalyticsBreakdownOptions } from '@/api/gen/@tanstack/react-query.gen';
import type { BreakdownReport, Dimension, PartOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { EmptyState, Field, Money, Select, useParam } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { ChartCard, ShareLine } from '@/admin/ui/chart';
import { useCountryNames } from '@/admin/ui/countries';
import { percent } from '@/admin/ui/format';
import { amount, count } from './columns';
import { Delta } from './delta';
import { FailedCard } from './failed-card';
import type { Query } from './period';

const SHOWN = 6;
const DIMENSIONS = ['country', 'category'] as const satisfies Dimension[];

/** Of what the sales consist: countries or categories, the largest first. */
export function BreakdownCard({ query }: { query: Query }) {
  const t = useT();
  const [chosen, choose] = useParam('by', 'country');
  const by = DIMENSIONS.find((dimension) => dimension === chosen) ?? 'country';
  const found = useQuery({
    ...adminAnalyticsBreakdownOptions({ query: { ...query, by } }),
    placeholderData: keepPreviousData,
  });
  const nameOf = useNames();
  const columns = useColumns(by, nameOf);
  const title = t(`home.sales_by_${by}`);
  if (found.isError && !found.data) return <FailedCard title={title} query={found} />;
  const report = found.data;
  return (
    <ChartCard
      title={title}
      {...(by === 'category' && { hint: t('home.goods_only') })}
      file={`sales-by-${by}.csv`}
      columns={columns}
      rows={report?.items}
      idOf={(part) => part.key ?? ''}
      className="min-w-0"
      height="h-44"
      controls={
        <Field label={t('home.sales_by')} quiet>
          <Select
            choices={DIMENSIONS.map((value) => ({ value, label: t(`home.by_${value}`) }))}
            value={by}
            onChange={({ target }) => choose(target.value)}
          />
        </Field>
      }
    >
      {report && <Parts report={report} nameOf={(part) => nameOf(report.by, part)} />}
    </ChartCard>
  );
}

interface PartsProps {
  report: BreakdownReport;
  nameOf: (part: PartOut) => string;
}

function Parts({ report, nameOf }: PartsProps) {
  const t = useT();
  const sold = report.items.filter((part) => part.orders > 0);
  if (sold.length === 0) return <EmptyState title={t('home.nothing_sold')} />;
  const whole = report.total.sales.amount || 1;
  const others = sold.slice(SHOWN);
  const sum = (of: (part: PartOut) => number) => others.reduce((all, part) => all + of(part), 0);
  const rest = sum((part) => part.sales.amount);
  return (
    <ol className="space-y-3">
      {sold.slice(0, SHOWN).map((part) => (
        <ShareLine
          key={part.key ?? ''}
          name={nameOf(part)}
          value={<Money value={part.sales} />}
          beside={percent(part.sales.amount / whole)}
          share={part.sales.amount / whole}
          below={<Delta now={part.sales.amount} before={part.previous.sales.amount} />}
        />
      ))}
      {others.length > 0 && (
        <ShareLine
          name={t('home.others', { count: others.length })}
          value={<Money value={{ amount: rest, currency: report.currency }} />}
          beside={percent(rest / whole)}
          share={rest / whole}
          below={<Delta now={rest} before={sum((part) => part.previous.sales.amount)} />}
        />
      )}
    </ol>
  );
}

type NameOf = (by: Dimension, part: PartOut) => string;

function useNames(): NameOf {
  const t = useT();
  const countries = useCountryNames();
  return (by, { key, name }) => {
    if (key === null) return t(`home.no_${by}`);
    return name ?? countries[key] ?? key;
  };
}

function useColumns(by: Dimension, nameOf: NameOf): Column<PartOut>[] {
  const t = useT();
  return [
    {
      id: 'name',
      header: t(`home.by_${by}`),
      cell: (part) => nameOf(by, part),
      text: (part) => nameOf(by, part),
    },
    amount('sales', t('home.now'), (part) => part.sales),
    count('orders', t('home.kpi_orders'), (part) => part.orders),
    amount('before', t('home.before'), (part) => part.previous.sales),
    count('orders_before', t('home.orders_before'), (part) => part.previous.orders),
  ];
}
