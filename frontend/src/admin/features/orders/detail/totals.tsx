import type { OrderOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Money } from '@/admin/ui';
import type { Amount } from '@/admin/ui/format';
import { percent } from '@/admin/ui/format';

interface Line {
  id: string;
  label: string;
  value: Amount;
}

const less = (value: Amount) => ({ ...value, amount: -value.amount });

/** What the order costs, line by line; taxes by name, whether on top or within. */
export function Totals({ order }: { order: OrderOut }) {
  const t = useT();
  const { totals } = order;
  const lines: Line[] = [
    { id: 'items', label: t('orders.items'), value: totals.items },
    ...(totals.discount.amount
      ? [{ id: 'discount', label: t('orders.discount'), value: less(totals.discount) }]
      : []),
    {
      id: 'shipping',
      label: order.shipping_option
        ? t('orders.shipping_by', { name: order.shipping_option.name })
        : t('orders.shipping'),
      value: totals.shipping,
    },
    ...order.taxes.map((tax) => ({
      id: `tax-${tax.name}-${tax.rate_bp}`,
      label: t(tax.included ? 'orders.tax_included' : 'orders.tax', {
        name: tax.name,
        rate: percent(tax.rate_bp / 10_000),
      }),
      value: tax.amount,
    })),
    ...(totals.gift_card.amount
      ? [{ id: 'gift', label: t('orders.gift_card'), value: less(totals.gift_card) }]
      : []),
  ];
  return (
    <dl className="space-y-1.5 border-t border-line px-4 py-3.5">
      {lines.map((line) => (
        <div key={line.id} className="flex justify-between gap-4 text-muted">
          <dt>{line.label}</dt>
          <dd>
            <Money value={line.value} />
          </dd>
        </div>
      ))}
      <div className="flex justify-between gap-4 pt-1 text-base font-semibold">
        <dt>{t('orders.total')}</dt>
        <dd>
          <Money value={totals.grand_total} />
        </dd>
      </div>
    </dl>
  );
}
