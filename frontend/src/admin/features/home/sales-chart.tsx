import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { SalesBucket, SalesReport } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { money } from '@/admin/ui/format';
import { bucketName, shortMoney } from './buckets';

const TICK = { fontSize: 12, fill: 'var(--muted)' };

/** Sales as a line over the dashed line of the period before. A chunk of its own. */
export default function SalesChart({ report }: { report: SalesReport }) {
  const { items, interval, currency } = report;
  const rows = items.map((bucket) => ({
    name: bucketName(bucket.starts_at, interval),
    now: bucket.sales.amount,
    before: bucket.previous.sales.amount,
    bucket,
  }));
  return (
    <ResponsiveContainer width="100%" height={256} initialDimension={{ width: 600, height: 256 }}>
      <ComposedChart data={rows} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
        <defs>
          <linearGradient id="sales-area" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stopColor="var(--brand)" stopOpacity={0.22} />
            <stop offset="1" stopColor="var(--brand)" stopOpacity={0} />
          </linearGradient>
        </defs>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="name"
          tick={TICK}
          tickLine={false}
          axisLine={false}
          minTickGap={28}
          tickMargin={8}
        />
        <YAxis
          width={72}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          tickFormatter={(amount: number) => shortMoney(amount, currency)}
        />
        <Tooltip
          cursor={{ stroke: 'var(--line)' }}
          content={({ active, payload }) => {
            const row: unknown = payload?.[0]?.payload;
            return active && isRow(row) ? <Told name={row.name} bucket={row.bucket} /> : null;
          }}
        />
        <Line
          dataKey="before"
          stroke="var(--muted)"
          strokeDasharray="4 4"
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
        <Area
          dataKey="now"
          stroke="var(--brand)"
          strokeWidth={2}
          fill="url(#sales-area)"
          dot={rows.length === 1}
          isAnimationActive={false}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}

interface Point {
  name: string;
  bucket: SalesBucket;
}

const isRow = (row: unknown): row is Point =>
  typeof row === 'object' && row !== null && 'bucket' in row && 'name' in row;

function Told({ name, bucket }: Point) {
  const t = useT();
  return (
    <div className="card px-3 py-2 text-[13px] shadow-pop">
      <p className="font-medium">{name}</p>
      <p className="tabular-nums">
        {money(bucket.sales)} · {t('home.orders_count', { count: bucket.orders })}
      </p>
      <p className="text-muted tabular-nums">
        {t('home.before')}: {money(bucket.previous.sales)}
      </p>
    </div>
  );
}
