import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { CartOut } from '@/api/gen';
import { cx } from '@/shared/cx';
import { Link } from '@/shop/Link';
import { useShopLanguage } from '../../i18n';
import { Thumb, Totals } from '../cart';

/** What is bought and what it costs. On a phone it folds away behind the total. */
export function Summary({ cart }: { cart: CartOut }) {
  const { t, money } = useShopLanguage();
  const [open, setOpen] = useState(false);
  const shipped = cart.shipping_option_id !== null;
  const taxed = cart.tax_inclusive || cart.shipping_address !== null;
  return (
    <aside
      aria-label={t('checkout.summary')}
      className="border-b border-line bg-surface lg:h-full lg:border-b-0 lg:border-l"
    >
      <div className="mx-auto max-w-[576px] px-4 lg:sticky lg:top-0 lg:mx-0 lg:max-w-[480px] lg:px-10 lg:py-10">
        <button
          type="button"
          aria-expanded={open}
          className="flex min-h-14 w-full items-center gap-2 lg:hidden"
          onClick={() => setOpen(!open)}
        >
          {t(open ? 'checkout.hideSummary' : 'checkout.showSummary')}
          <ChevronDown
            aria-hidden
            className={cx('size-4 transition-transform', open && 'rotate-180')}
          />
          <span className="ml-auto text-lg font-semibold tabular-nums">
            {money(cart.totals.grand_total)}
          </span>
        </button>
        <div className={cx('pb-5 lg:block lg:pb-0', !open && 'hidden')}>
          <ul className="flex flex-col gap-4">
            {cart.lines.map((line) => (
              <li key={line.id} className="flex items-center gap-4">
                <span className="relative">
                  <Thumb image={line.thumbnail} className="h-20 w-16 border border-line" />
                  <span className="absolute -top-2 -right-2 grid min-w-[22px] place-items-center rounded-full bg-ink px-1.5 text-xs leading-[22px] font-semibold text-paper tabular-nums">
                    <span className="sr-only">{t('quantity.label')}: </span>
                    {line.quantity}
                  </span>
                </span>
                <span className="min-w-0 flex-1">
                  <span className="block font-medium">{line.title ?? t('cart.unknown')}</span>
                  <span className="block text-sm text-muted">{line.variant_title}</span>
                </span>
                <span className="tabular-nums">
                  {line.line_total ? money(line.line_total) : '–'}
                </span>
              </li>
            ))}
          </ul>
          <div className="mt-6 border-t border-line pt-5">
            <Totals
              totals={cart.totals}
              shipping={shipped ? undefined : t('checkout.nextStep')}
              taxes={taxed ? undefined : t('checkout.nextStep')}
            />
          </div>
          <Link to="/cart" className="link mt-4 inline-flex min-h-9 items-center text-sm">
            {t('checkout.editCart')}
          </Link>
        </div>
      </div>
    </aside>
  );
}
