import { Lock, X } from 'lucide-react';
import { ErrorState } from '@/shared/ui';
import { Link } from '@/shop/Link';
import { useShopLanguage } from '../../i18n';
import { CartLines, isBuyable } from './CartLines';
import { CartSkeleton } from './CartSkeleton';
import { closeCart } from './drawer';
import { FreeShipping } from './FreeShipping';
import { EmptyCart } from './EmptyCart';
import { countOf, useCart } from './useCart';

/** What is in the drawer: the lines between the title and the way to pay. */
export default function CartPanel() {
  const { t, money } = useShopLanguage();
  const { data: cart, isLoading, error, refetch } = useCart();
  const count = countOf(cart);
  return (
    <div className="flex h-full flex-col">
      <div className="flex items-center justify-between border-b border-line py-4 pr-3 pl-6">
        <h2 className="font-display text-[26px] leading-none">
          {t('cart.title')} {count > 0 && <span className="text-muted">({count})</span>}
        </h2>
        <button type="button" className="icon-btn" aria-label={t('cart.close')} onClick={closeCart}>
          <X aria-hidden className="size-5" />
        </button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-6">
        {isLoading && <CartSkeleton />}
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {cart && count > 0 && <FreeShipping cart={cart} />}
        {cart && count > 0 && <CartLines cart={cart} onLeave={closeCart} />}
        {!isLoading && !error && count === 0 && <EmptyCart onLeave={closeCart} />}
      </div>
      {cart && count > 0 && (
        <div className="border-t border-line px-6 pt-4 pb-6">
          <div className="flex items-baseline justify-between text-lg">
            <span>{t('totals.items')}</span>
            <span className="font-semibold tabular-nums">{money(cart.totals.items)}</span>
          </div>
          <p className="mt-1 text-sm text-muted">
            {t(cart.tax_inclusive ? 'cart.taxIn' : 'cart.taxOut')}
          </p>
          <div className="mt-4 flex flex-col gap-2">
            {isBuyable(cart) ? (
              <Link to="/checkout" className="btn btn-primary h-13" onClick={closeCart}>
                <Lock aria-hidden className="size-4" />
                {t('cart.checkout')}
              </Link>
            ) : (
              <p className="text-sm text-sale">{t('cart.blocked')}</p>
            )}
            <Link
              to="/cart"
              className="link grid min-h-11 place-items-center text-sm"
              onClick={closeCart}
            >
              {t('cart.view')}
            </Link>
          </div>
        </div>
      )}
    </div>
  );
}
