import { useEffect } from 'react';
import { useQueries } from '@tanstack/react-query';
import { Printer } from 'lucide-react';
import { useParams, useSearchParams } from 'react-router';
import { adminOrdersGetOptions } from '@/api/gen/@tanstack/react-query.gen';
import type { OrderOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useStore } from '@/admin/app/use-store';
import { Button, ButtonLink, ErrorState, PageError, PageSkeleton } from '@/admin/ui';
import { date } from '@/admin/ui/format';
import { AddressLines } from '../address-lines';

/**
 * What goes into the parcel: no prices, a box to tick for each line. Made to be printed, for one
 * order or for several (`?ids=`), each on a page of its own.
 */
export default function PackingSlip() {
  const t = useT();
  const { orderId } = useParams();
  const [params] = useSearchParams();
  const ids = orderId ? [orderId] : (params.get('ids') ?? '').split(',').filter(Boolean);
  const found = useQueries({
    queries: ids.map((order_id) => adminOrdersGetOptions({ path: { order_id } })),
  });
  const orders = found.flatMap(({ data }) => data ?? []);
  const failed = found.filter((each) => each.isError && !each.data);
  const retry = () => void Promise.all(failed.map((each) => each.refetch()));
  if (found.some((each) => each.isPending)) return <PageSkeleton />;
  if (orders.length === 0) {
    const back = { to: '/orders', label: t('orders.back') };
    return <PageError error={failed[0]?.error} onRetry={retry} back={back} />;
  }
  return (
    <>
      {failed.length > 0 && (
        <div className="card mb-4 print:hidden">
          <ErrorState error={failed[0]?.error} onRetry={retry} />
        </div>
      )}
      <Slips orders={orders} back={orderId ? `/orders/${orderId}` : '/orders'} />
    </>
  );
}

function Slips({ orders, back }: { orders: readonly OrderOut[]; back: string }) {
  const t = useT();
  const [first, ...more] = orders;
  const title =
    more.length > 0
      ? t('orders.packing_slips', { count: orders.length })
      : `${t('orders.packing_slip')} ${first?.number ?? ''}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <>
      <div className="mb-4 flex flex-wrap justify-between gap-2 print:hidden">
        <ButtonLink to={back}>
          {t(back === '/orders' ? 'orders.back' : 'orders.back_to_order')}
        </ButtonLink>
        {more.length > 0 && <h1 className="text-[22px] font-semibold tracking-tight">{title}</h1>}
        <Button look="primary" onClick={() => window.print()}>
          <Printer aria-hidden />
          {t('orders.print')}
        </Button>
      </div>
      <div className="space-y-4">
        {orders.map((order) => (
          <Slip key={order.id} order={order} heading={more.length > 0 ? 'h2' : 'h1'} />
        ))}
      </div>
    </>
  );
}

function Slip({ order, heading: Heading }: { order: OrderOut; heading: 'h1' | 'h2' }) {
  const t = useT();
  const store = useStore();
  const Part = Heading === 'h1' ? 'h2' : 'h3';
  return (
    <article
      aria-label={order.number}
      className="card break-after-page p-6 last:break-after-auto sm:p-10 print:border-0 print:bg-white print:p-0 print:text-black print:shadow-none"
    >
      <header className="flex flex-wrap justify-between gap-6">
        <div>
          <Heading className="text-[22px] font-semibold tracking-tight">
            {t('orders.packing_slip')} {order.number}
          </Heading>
          <p className="text-muted print:text-black">{date(order.placed_at)}</p>
        </div>
        <p className="text-lg font-semibold">{store?.name}</p>
      </header>
      <div className="mt-8 grid gap-6 sm:grid-cols-2">
        <section>
          <Part className="mb-1 font-semibold">{t('orders.shipping_address')}</Part>
          <AddressLines address={order.shipping_address} />
        </section>
        {order.shipping_option && (
          <section>
            <Part className="mb-1 font-semibold">{t('orders.shipping')}</Part>
            <p>{order.shipping_option.name}</p>
            {order.shipping_option.carrier && <p>{order.shipping_option.carrier}</p>}
          </section>
        )}
      </div>
      <SlipLines order={order} />
      {order.note && (
        <section className="mt-6">
          <Part className="mb-1 font-semibold">{t('orders.buyer_note')}</Part>
          <p className="whitespace-pre-line">{order.note}</p>
        </section>
      )}
    </article>
  );
}

function SlipLines({ order }: { order: OrderOut }) {
  const t = useT();
  return (
    <table className="mt-8 w-full text-left">
      <caption className="sr-only">{t('orders.lines')}</caption>
      <thead className="border-b-2 border-ink text-[13px] print:border-black">
        <tr>
          <th scope="col" className="py-2 pr-4 font-semibold">
            {t('orders.product')}
          </th>
          <th scope="col" className="py-2 pr-4 font-semibold">
            {t('orders.sku')}
          </th>
          <th scope="col" className="py-2 pr-4 text-right font-semibold">
            {t('orders.quantity')}
          </th>
          <th scope="col" className="w-20 py-2 text-right font-semibold">
            {t('orders.packed')}
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {order.lines.map((line) => (
          <tr key={line.id} className="break-inside-avoid">
            <td className="py-2.5 pr-4">
              {line.title}
              {line.variant_title && (
                <span className="block text-[13px]">{line.variant_title}</span>
              )}
            </td>
            <td className="py-2.5 pr-4 break-all">{line.sku}</td>
            <td className="py-2.5 pr-4 text-right tabular-nums">{line.quantity}</td>
            <td className="py-2.5 text-right text-xl leading-none">☐</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
