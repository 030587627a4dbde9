import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { adminAnalyticsCustomersOptions } from '@/api/gen/@tanstack/react-query.gen';
import type { BuyersBucket, CustomersReport, TopCustomerOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Allowed } from '@/admin/app/permissions';
import { EmptyState, Money } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { ChartCard, ShareLine } from '@/admin/ui/chart';
import { number, percent } from '@/admin/ui/format';
import { bucketName } from './buckets';
import { amount, count } from './columns';
import { Delta } from './delta';
import { FailedCard } from './failed-card';
import type { Query } from './period';

const TOP = 20;
const SHOWN = 6;

/** Who bought: how many for the first time and how many again, and who the most. */
export function BuyersCards({ query }: { query: Query }) {
  const t = useT();
  const found = useQuery({
    ...adminAnalyticsCustomersOptions({ query: { ...query, limit: TOP } }),
    placeholderData: keepPreviousData,
  });
  if (found.isError && !found.data) return <FailedCard title={t('home.buyers')} query={found} />;
  return (
    <>
      <Buyers report={found.data} />
      <Allowed to="customers:read">
        <TopCustomers report={found.data} />
      </Allowed>
    </>
  );
}

const KINDS = ['new_customers', 'returning'] as const;

function Buyers({ report }: { report: CustomersReport | undefined }) {
  const t = useT();
  const interval = report?.interval ?? 'day';
  const columns: Column<BuyersBucket>[] = [
    {
      id: 'starts',
      header: t(`home.interval_${interval}`),
      cell: (bucket) => bucketName(bucket.starts_at, interval),
      text: (bucket) => bucket.starts_at,
    },
    count('new', t('home.buyers_new_customers'), (bucket) => bucket.new_customers),
    count('returning', t('home.buyers_returning'), (bucket) => bucket.returning),
    count('before', t('home.buyers_before'), (bucket) => bucket.previous.customers),
    count('accounts', t('home.accounts'), (bucket) => bucket.accounts),
  ];
  return (
    <ChartCard
      title={t('home.buyers')}
      file="buyers.csv"
      columns={columns}
      rows={report?.items}
      idOf={(bucket) => bucket.starts_at}
      className="min-w-0"
      height="h-44"
    >
      {report?.total.customers === 0 ? (
        <EmptyState title={t('home.nothing_sold')} />
      ) : (
        report && <Kinds report={report} />
      )}
    </ChartCard>
  );
}

function Kinds({ report: { total, previous_total: before } }: { report: CustomersReport }) {
  const t = useT();
  return (
    <ol className="space-y-3">
      {KINDS.map((kind) => (
        <ShareLine
          key={kind}
          name={t(`home.buyers_${kind}`)}
          value={number(total[kind])}
          beside={percent(total[kind] / total.customers)}
          share={total[kind] / total.customers}
          below={<Delta now={total[kind]} before={before[kind]} />}
        />
      ))}
    </ol>
  );
}

function TopCustomers({ report }: { report: CustomersReport | undefined }) {
  const t = useT();
  const most = report?.top[0]?.spent.amount || 1;
  const columns: Column<TopCustomerOut>[] = [
    { id: 'name', header: t('home.customer'), cell: nameOf, text: nameOf },
    {
      id: 'email',
      header: t('home.email'),
      cell: (row) => <span className="break-all">{row.email}</span>,
      text: (row) => row.email,
    },
    count('orders', t('home.kpi_orders'), (row) => row.orders),
    amount('spent', t('home.spent'), (row) => row.spent),
  ];
  return (
    <ChartCard
      title={t('home.top_customers')}
      file="top-customers.csv"
      columns={columns}
      rows={report?.top}
      idOf={(row) => row.email}
      className="min-w-0"
      height="h-44"
    >
      {report?.top.length === 0 && <EmptyState title={t('home.nothing_sold')} />}
      <ol className="space-y-3">
        {report?.top.slice(0, SHOWN).map((row) => (
          <ShareLine
            key={row.email}
            name={
              <Link
                to={`/customers/${row.id}`}
                className="font-medium hover:underline focus-visible:-outline-offset-2"
              >
                {nameOf(row)}
              </Link>
            }
            value={<Money value={row.spent} />}
            share={row.spent.amount / most}
            below={t('home.orders_count', { count: row.orders })}
          />
        ))}
      </ol>
    </ChartCard>
  );
}

const nameOf = (row: TopCustomerOut) => row.name ?? row.email;
