import { useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Printer } from 'lucide-react';
import { useParams } from 'react-router';
import { adminOrdersGetOptions } from '@/api/gen/@tanstack/react-query.gen';
import type { OrderOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useStore } from '@/admin/app/use-store';
import { Button, ButtonLink, PageError, PageSkeleton } from '@/admin/ui';
import { date } from '@/admin/ui/format';
import { AddressLines } from '../address-lines';

/** What goes into the parcel: no prices, a box to tick for each line. Made to be printed. */
export default function PackingSlip() {
  const t = useT();
  const { orderId = '' } = useParams();
  const found = useQuery(adminOrdersGetOptions({ path: { order_id: orderId } }));
  if (found.isPending) return <PageSkeleton />;
  if (!found.data) {
    return (
      <PageError
        error={found.error}
        onRetry={() => void found.refetch()}
        back={{ to: '/orders', label: t('orders.back') }}
      />
    );
  }
  return <Slip order={found.data} />;
}

function Slip({ order }: { order: OrderOut }) {
  const t = useT();
  const store = useStore();
  useEffect(() => {
    document.title = `${t('orders.packing_slip')} ${order.number}`;
  }, [t, order.number]);
  return (
    <>
      <div className="mb-4 flex justify-between gap-2 print:hidden">
        <ButtonLink to={`/orders/${order.id}`}>{t('orders.back_to_order')}</ButtonLink>
        <Button look="primary" onClick={() => window.print()}>
          <Printer aria-hidden />
          {t('orders.print')}
        </Button>
      </div>
      <article className="card p-6 sm:p-10 print:border-0 print:bg-white print:p-0 print:text-black print:shadow-none">
        <header className="flex flex-wrap justify-between gap-6">
          <div>
            <h1 className="text-[22px] font-semibold tracking-tight">
              {t('orders.packing_slip')} {order.number}
            </h1>
            <p className="text-muted print:text-black">{date(order.placed_at)}</p>
          </div>
          <p className="text-lg font-semibold">{store?.name}</p>
        </header>
        <div className="mt-8 grid gap-6 sm:grid-cols-2">
          <section>
            <h2 className="mb-1 font-semibold">{t('orders.shipping_address')}</h2>
            <AddressLines address={order.shipping_address} />
          </section>
          {order.shipping_option && (
            <section>
              <h2 className="mb-1 font-semibold">{t('orders.shipping')}</h2>
              <p>{order.shipping_option.name}</p>
              {order.shipping_option.carrier && <p>{order.shipping_option.carrier}</p>}
            </section>
          )}
        </div>
        <SlipLines order={order} />
        {order.note && (
          <section className="mt-6">
            <h2 className="mb-1 font-semibold">{t('orders.buyer_note')}</h2>
            <p className="whitespace-pre-line">{order.note}</p>
          </section>
        )}
      </article>
    </>
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
