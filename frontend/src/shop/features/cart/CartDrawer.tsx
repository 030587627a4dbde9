import { lazy, Suspense } from 'react';
import { useSession } from '@/shared/session';
import { Dialog } from '@/shared/ui';
import { useT } from '../../i18n';
import { CartSkeleton } from './CartSkeleton';
import { closeCart, useDrawer } from './drawer';
import { useCart } from './useCart';

const CartPanel = lazy(() => import('./CartPanel'));
const CartFollows = lazy(() => import('./CartFollows'));

/** The cart beside the page. */
export function CartDrawer() {
  const t = useT();
  const open = useDrawer((state) => state.open);
  const { status } = useSession();
  const { data: cart } = useCart();
  return (
    <>
      <Dialog open={open} onClose={closeCart} label={t('cart.title')} side="right">
        <Suspense fallback={<CartSkeleton />}>
          <CartPanel />
        </Suspense>
      </Dialog>
      {(cart || status === 'user') && (
        <Suspense>
          <CartFollows />
        </Suspense>
      )}
    </>
  );
}
