import { lazy, Suspense } from 'react';
import { useT } from '../../i18n';
import { Dialog } from '@/shared/ui';
import { CartSkeleton } from './CartSkeleton';
import { closeCart, useDrawer } from './drawer';
import { useCartFollowsRegion, useCartFollowsSession } from './useCartFollows';

const CartPanel = lazy(() => import('./CartPanel'));

/** The cart beside the page. */
export function CartDrawer() {
  const t = useT();
  const open = useDrawer((state) => state.open);
  useCartFollowsSession();
  useCartFollowsRegion();
  return (
    <Dialog open={open} onClose={closeCart} label={t('cart.title')} side="right">
      <Suspense fallback={<CartSkeleton />}>
        <CartPanel />
      </Suspense>
    </Dialog>
  );
}
