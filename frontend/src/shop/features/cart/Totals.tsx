import type { TotalsOut } from '@/api/gen';
import { useShopLanguage } from '../../i18n';

interface Props {
  totals: TotalsOut;
  /** What stands for shipping as long as no way to ship is chosen. */
  shipping?: string | undefined;
  /** What stands for taxes that are not known yet. */
  taxes?: string | undefined;
}

/** The sums of a cart or an order. Taxes are told as they are charged: on top, or within. */
export function Totals({ totals, shipping, taxes }: Props) {
  const { t, money } = useShopLanguage();
  const { items, discount, tax, tax_included: within, grand_total: total } = totals;
  const ship =
    shipping ?? (totals.shipping.amount === 0 ? t('delivery.free') : money(totals.shipping));
  return (
    <dl className="flex flex-col gap-1.5">
      <Row label={t('totals.items')} value={money(items)} />
      {discount.amount !== 0 && (
        <Row
          label={t('totals.discount')}
          value={money({ ...discount, amount: -Math.abs(discount.amount) })}
        />
      )}
      <Row label={t('totals.shipping')} value={ship} />
      {(tax.amount > 0 || taxes) && <Row label={t('totals.tax')} value={taxes ?? money(tax)} />}
      <div className="mt-2 flex items-baseline justify-between gap-4 border-t border-line pt-3 text-lg font-semibold">
        <dt>{t('totals.total')}</dt>
        <dd className="tabular-nums">{money(total)}</dd>
      </div>
      {within.amount > 0 && (
        <div className="flex justify-between gap-4 text-sm text-muted">
          <dt>{t('totals.taxWithin')}</dt>
          <dd className="tabular-nums">{money(within)}</dd>
        </div>
      )}
    </dl>
  );
}

function Row({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="text-muted">{label}</dt>
      <dd className="tabular-nums">{value}</dd>
    </div>
  );
}
