import type { MoneyOut, OrderOut } from '@/api/gen';
import { useShopLanguage } from '../../../i18n';

/** How the sum came about. Taxes that prices include are told below it. */
export function Totals({ order }: { order: OrderOut }) {
  const { t, money } = useShopLanguage();
  const { totals, taxes, shipping_option: shipping } = order;
  const added = taxes.filter(({ included }) => !included);
  return (
    <dl className="flex flex-col gap-2 tabular-nums">
      <Row name={t('order.items')} amount={totals.items} />
      {totals.discount.amount !== 0 && (
        <Row
          name={t('order.discount')}
          amount={{ ...totals.discount, amount: -totals.discount.amount }}
        />
      )}
      {shipping && (
        <Row
          name={t('order.shipping', { option: shipping.name })}
          amount={totals.shipping}
          free={t('delivery.free')}
        />
      )}
      {added.map((tax) => (
        <Row key={tax.name + tax.rate_bp} name={tax.name} amount={tax.amount} />
      ))}
      <div className="mt-2 flex justify-between gap-4 border-t border-line pt-4 text-lg font-semibold">
        <dt>{t('order.total')}</dt>
        <dd>{money(totals.grand_total)}</dd>
      </div>
      {totals.tax_included.amount > 0 && (
        <div className="flex justify-between gap-4 text-sm text-muted">
          <dt>{t('order.taxIncluded')}</dt>
          <dd>{money(totals.tax_included)}</dd>
        </div>
      )}
    </dl>
  );
}

function Row({ name, amount, free }: { name: string; amount: MoneyOut; free?: string }) {
  const { money } = useShopLanguage();
  return (
    <div className="flex justify-between gap-4">
      <dt className="min-w-0 text-muted">{name}</dt>
      <dd>{free && amount.amount === 0 ? free : money(amount)}</dd>
    </div>
  );
}
