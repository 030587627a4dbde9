import { Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Address, OrderOut, TimelineOut } from '@/api/gen';
import { ErrorState, Skeleton } from '@/shared/ui';
import { useShopLanguage } from '../../../i18n';
import { useShop } from '../../../shop';
import { AddressText } from './AddressText';
import { CancelOrder } from './CancelOrder';
import { ChangeAddress, ChangeNote } from './Corrections';
import { History } from './History';
import { Lines } from './Lines';
import { PayAgain } from './PayAgain';
import { Progress } from './Progress';
import { ReorderButton } from './ReorderButton';
import { mayCancel, mayCorrect, mayPay, paymentKey, wordsOf } from './states';
import { Totals } from './Totals';
import { useKeptFocus } from './useKeptFocus';
import { usePaidReturn } from './usePaidReturn';

interface Props {
  order: OrderOut;
  timeline: { data: { items: TimelineOut[] } | undefined; error: unknown; refetch: () => unknown };
}

/** All of an order for the one who placed it, on the screen and on paper. */
export function OrderView({ order, timeline }: Props) {
  const { t, dateTime } = useShopLanguage();
  const { store } = useShop();
  usePaidReturn(order);
  useKeptFocus(order.status);
  return (
    <>
      <p className="hidden text-muted print:block">{store.name}</p>
      <p className="mt-3 text-muted">
        {t('order.placedAt', { moment: dateTime(order.placed_at, true) })}
      </p>
      <p className="mt-4 max-w-prose text-lg">{t(wordsOf(order).text)}</p>
      <div className="no-print mt-8">
        <Progress order={order} />
      </div>
      {mayPay(order) && (
        <div className="mt-8">
          <PayAgain order={order} />
        </div>
      )}
      <div className="mt-10 grid gap-x-12 gap-y-10 xl:grid-cols-[minmax(0,1fr)_300px] print:grid-cols-[minmax(0,1fr)_240px]">
        <div className="min-w-0">
          <h2 className="sr-only">{t('order.lines')}</h2>
          <Lines order={order} />
          <div className="mt-6 sm:ml-auto sm:max-w-sm">
            <Totals order={order} />
          </div>
          <Actions order={order} />
        </div>
        <div className="grid content-start gap-8 sm:grid-cols-2 xl:grid-cols-1 print:grid-cols-1">
          <Part title={t('order.history')} className="no-print sm:row-span-2 xl:row-span-1">
            <HistoryPart order={order} timeline={timeline} />
          </Part>
          <Part title={t('order.deliveredTo')}>
            <AddressText address={order.shipping_address} />
            {mayCorrect(order) && <ChangeAddress order={order} />}
          </Part>
          <Part title={t('order.billedTo')}>
            {isSame(order.billing_address, order.shipping_address) ? (
              <p>{t('order.billedSame')}</p>
            ) : (
              <AddressText address={order.billing_address} />
            )}
            <p className="mt-1 break-words text-muted">{order.email}</p>
          </Part>
          <Part title={t('order.payment')}>
            <p>{t(paymentKey(order))}</p>
          </Part>
          {(order.note || mayCorrect(order)) && (
            <Part title={t('order.note')} className={order.note ? undefined : 'no-print'}>
              {order.note && <p className="break-words whitespace-pre-line">{order.note}</p>}
              {mayCorrect(order) && <ChangeNote order={order} />}
            </Part>
          )}
        </div>
      </div>
    </>
  );
}

function Actions({ order }: { order: OrderOut }) {
  const { t } = useShopLanguage();
  return (
    <div className="no-print mt-8 flex flex-wrap gap-3">
      <ReorderButton order={order} />
      {mayCancel(order) && <CancelOrder order={order} />}
      <button type="button" className="btn btn-ghost" onClick={() => window.print()}>
        <Printer aria-hidden className="size-4" />
        {t('order.print')}
      </button>
    </div>
  );
}

function HistoryPart({ order, timeline }: Props) {
  if (timeline.data) return <History order={order} entries={timeline.data.items} />;
  if (timeline.error) {
    return <ErrorState error={timeline.error} onRetry={() => void timeline.refetch()} />;
  }
  return <Skeleton className="h-40 w-full" />;
}

function Part({
  title,
  className,
  children,
}: {
  title: string;
  className?: string | undefined;
  children: ReactNode;
}) {
  return (
    <section className={className}>
      <h2 className="mb-2 font-semibold">{title}</h2>
      {children}
    </section>
  );
}

function isSame(one: Address, other: Address): boolean {
  const names = Object.keys({ ...one, ...other }) as (keyof Address)[];
  return names.every((name) => (one[name] ?? '') === (other[name] ?? ''));
}
