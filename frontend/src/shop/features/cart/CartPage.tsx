import { Lock } from 'lucide-react';
import type { CartOut } from '@/api/gen';
import { useSession } from '@/shared/session';
import { ErrorState, Skeleton } from '@/shared/ui';
import { Link } from '@/shop/Link';
import { useTitle } from '../../layout/useTitle';
import { useShopLanguage } from '../../i18n';
import { CartLines, isBuyable } from './CartLines';
import { CartSkeleton } from './CartSkeleton';
import { EmptyCart } from './EmptyCart';
import { FreeShipping } from './FreeShipping';
import { ShippingEstimate } from './ShippingEstimate';
import { Totals } from './Totals';
import { countOf, useCart } from './useCart';

/** The cart on a page of its own, with all sums and an estimate of shipping. */
export default function CartPage() {
  const { t } = useShopLanguage();
  const { status } = useSession();
  const { data: cart, isLoading, error, refetch } = useCart();
  useTitle(t('cart.title'));
  const waiting = isLoading || status === 'unknown';
  const count = countOf(cart);
  return (
    <div className="wrap pt-8 pb-20">
      <h1 className="font-display text-h1">{t('cart.title')}</h1>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!waiting && !error && count === 0 && <EmptyCart />}
      {(waiting || (cart && count > 0)) && (
        <div className="mt-6 grid gap-x-16 lg:grid-cols-[1fr_400px]">
          <div className="self-start border-y border-line">
            {cart ? <CartLines cart={cart} /> : <CartSkeleton />}
          </div>
          <aside aria-label={t('checkout.summary')} className="mt-6 lg:mt-0">
            <div className="rounded-tile border border-line bg-surface p-6 lg:sticky lg:top-24">
              {cart ? <Sums cart={cart} /> : <Skeleton className="h-96 w-full" />}
            </div>
          </aside>
        </div>
      )}
    </div>
  );
}

function Sums({ cart }: { cart: CartOut }) {
  const { t } = useShopLanguage();
  const shipped = cart.shipping_option_id !== null;
  const later = t('totals.later');
  return (
    <>
      <FreeShipping cart={cart} />
      <Totals
        totals={cart.totals}
        shipping={shipped ? undefined : later}
        taxes={cart.tax_inclusive || cart.shipping_address ? undefined : later}
      />
      <ShippingEstimate cart={cart} />
      {isBuyable(cart) ? (
        <Link to="/checkout" className="btn btn-primary mt-4 h-13 w-full">
          <Lock aria-hidden className="size-4" />
          {t('cart.checkout')}
        </Link>
      ) : (
        <p className="mt-4 text-sm text-sale">{t('cart.blocked')}</p>
      )}
    </>
  );
}
