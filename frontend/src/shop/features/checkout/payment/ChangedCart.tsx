import type { CartOut } from '@/api/gen';
import { useShopLanguage } from '../../../i18n';
import { changesBetween, type Change } from '../refusals';

interface Props {
  before: CartOut;
  after: CartOut;
}

/** What is different from what the buyer wanted to pay for. Nothing was ordered. */
export function ChangedCart({ before, after }: Props) {
  const { t, money } = useShopLanguage();
  const say = ({ kind, title, was, now }: Change) => {
    if (kind === 'price' && was?.unit_price && now?.unit_price) {
      return t('checkout.changed.price', {
        title,
        was: money(was.unit_price),
        now: money(now.unit_price),
      });
    }
    if (kind === 'quantity') {
      return t('checkout.changed.quantity', {
        title,
        was: was?.quantity ?? 0,
        now: now?.quantity ?? 0,
      });
    }
    return t(kind === 'new' ? 'checkout.changed.new' : 'checkout.changed.gone', { title });
  };
  return (
    <div role="alert" className="rounded-btn border border-sale px-4 py-3 text-sm">
      <p className="font-semibold text-sale">{t('checkout.changed')}</p>
      <ul className="mt-1 list-disc pl-5">
        {changesBetween(before, after).map((change) => (
          <li key={(change.now ?? change.was)?.variant_id}>{say(change)}</li>
        ))}
        <li>
          {t('checkout.changed.total', {
            was: money(before.totals.grand_total),
            now: money(after.totals.grand_total),
          })}
        </li>
      </ul>
    </div>
  );
}
