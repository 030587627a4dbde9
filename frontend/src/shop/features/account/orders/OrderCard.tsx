import type { OrderOut } from '@/api/gen';
import { Link } from '@/shop/Link';
import { useShopLanguage } from '../../../i18n';
import { StatusBadge } from '../../tracking';

const SHOWN = 4;

/** One order of a list: number, day, status, sum, and what is in it. All of it is one link. */
export function OrderCard({ order }: { order: OrderOut }) {
  const { t, date, money } = useShopLanguage();
  const count = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  const hidden = order.lines.length - SHOWN;
  return (
    <li className="relative rounded-tile border border-line bg-surface p-4 focus-within:border-ink hover:border-ink sm:p-5">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <p className="font-semibold tabular-nums">
            <Link
              to={`/account/orders/${order.id}`}
              className="after:absolute after:inset-0 after:rounded-tile"
            >
              {order.number}
            </Link>
          </p>
          <p className="text-sm text-muted">
            {t('orders.summary', { day: date(order.placed_at, 'date', true), count })}
          </p>
        </div>
        <StatusBadge order={order} />
      </div>
      <div className="mt-4 flex items-end justify-between gap-4">
        <ul className="flex gap-2">
          {order.lines.slice(0, SHOWN).map((line) => (
            <li key={line.id}>
              {line.thumbnail ? (
                <img
                  src={line.thumbnail.url}
                  alt={line.title}
                  width={48}
                  height={60}
                  loading="lazy"
                  className="h-15 w-12 rounded-md bg-tile object-cover"
                />
              ) : (
                <span className="grid h-15 w-12 place-items-center overflow-hidden rounded-md bg-tile text-[10px]">
                  {line.title}
                </span>
              )}
            </li>
          ))}
          {hidden > 0 && <li className="self-center text-sm text-muted">+{hidden}</li>}
        </ul>
        <p className="font-semibold whitespace-nowrap tabular-nums">
          {money(order.totals.grand_total)}
        </p>
      </div>
    </li>
  );
}
