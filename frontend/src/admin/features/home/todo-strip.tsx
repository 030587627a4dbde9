import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CreditCard, Package, RotateCcw, TriangleAlert, Wrench } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { Link } from 'react-router';
import { adminTodoShowOptions } from '@/api/gen/@tanstack/react-query.gen';
import type { TodoOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Skeleton } from '@/admin/ui';

const TASKS = [
  { id: 'to_fulfil', icon: Package, to: '/orders?status=confirmed' },
  { id: 'low_stock', icon: TriangleAlert, to: '/inventory?below_threshold=true' },
  { id: 'failed_payments', icon: CreditCard, to: '/payments?status=failed' },
  { id: 'failed_refunds', icon: RotateCcw, to: '/orders?payment_status=paid&status=cancelled' },
  { id: 'dead_letters', icon: Wrench, to: '/jobs?state=dead' },
] as const satisfies { id: keyof TodoOut; icon: LucideIcon; to: string }[];

/** What waits to be done, as far as one may see it; nothing is a good day. */
export function TodoStrip() {
  const t = useT();
  const todo = useQuery({ ...adminTodoShowOptions(), refetchInterval: 60_000 });
  if (todo.isPending) return <Skeleton className="mb-4 h-13 rounded-xl" />;
  if (!todo.data) return null;
  const waiting = TASKS.flatMap(({ id, ...task }) => {
    const count = todo.data[id];
    return count ? [{ id, count, ...task }] : [];
  });
  return (
    <section aria-label={t('home.todo')} className="card mb-4 overflow-hidden">
      {waiting.length === 0 ? (
        <p className="flex items-center gap-2.5 px-4 py-3.5 text-muted">
          <CircleCheck aria-hidden className="size-[18px] text-good" />
          {t('home.todo_none')}
        </p>
      ) : (
        <ul className="grid divide-line max-sm:divide-y sm:auto-cols-fr sm:grid-flow-col sm:divide-x">
          {waiting.map(({ id, count, icon: Icon, to }) => (
            <li key={id}>
              <Link
                to={to}
                className="flex h-full items-center gap-2.5 px-4 py-3.5 font-medium hover:bg-tile/60 focus-visible:-outline-offset-2"
              >
                <Icon aria-hidden className="size-[18px] shrink-0 text-muted" />
                {t(`home.todo_${id}`, { count })}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
