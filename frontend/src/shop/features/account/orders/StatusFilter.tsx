import { useEffect, useRef } from 'react';
import type { OrderStatus } from '@/api/gen';
import { Link } from '@/shop/Link';
import { useSearchParams } from '@/shop/useSearchParams';
import { useT } from '../../../i18n';
import { STATUSES } from '../../tracking';

const ALL = Object.keys(STATUSES) as OrderStatus[];

/** The status that the address asks for; none if it asks for all, or for what there is not. */
export function useStatus(): OrderStatus | undefined {
  const [address] = useSearchParams();
  return ALL.find((status) => status === address.get('status'));
}

/** Which orders are shown, as links: the choice lives in the address. */
export function StatusFilter({ chosen }: { chosen: OrderStatus | undefined }) {
  const t = useT();
  const list = useRef<HTMLUListElement>(null);
  // On a telephone the row is wider than the screen, and the chosen one may be beyond its edge.
  useEffect(() => {
    const row = list.current;
    const chip = row?.querySelector<HTMLElement>('[aria-current]');
    if (row && chip) row.scrollLeft = chip.offsetLeft - (row.clientWidth - chip.offsetWidth) / 2;
  }, [chosen]);
  return (
    <nav aria-label={t('orders.filter')} className="mt-6">
      <ul
        ref={list}
        className="relative -mx-4 flex gap-2 overflow-x-auto px-4 py-1 sm:mx-0 sm:flex-wrap sm:px-0"
      >
        {[undefined, ...ALL].map((status) => (
          <li key={status ?? 'all'}>
            <Link
              to={status ? `?status=${status}` : '/account/orders'}
              preventScrollReset
              aria-current={status === chosen || undefined}
              className="chip aria-[current]:border-ink aria-[current]:bg-ink aria-[current]:text-paper"
            >
              {t(status ? STATUSES[status].label : 'orders.all')}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
