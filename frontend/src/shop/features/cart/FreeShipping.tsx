import type { CartOut } from '@/api/gen';
import { useShopLanguage } from '../../i18n';

/** How far the cart is from shipping for nothing, where the shop offers that. */
export function FreeShipping({ cart }: { cart: CartOut }) {
  const { t, money } = useShopLanguage();
  const from = cart.free_shipping_from;
  if (!from || from.amount === 0) return null;
  const missing = Math.max(0, from.amount - cart.totals.items.amount);
  const done = Math.min(100, (100 * cart.totals.items.amount) / from.amount);
  return (
    <div className="py-4">
      <p className="text-sm" aria-live="polite">
        {missing > 0
          ? t('cart.freeFrom', { missing: money({ ...from, amount: missing }, { short: true }) })
          : t('cart.freeNow')}
      </p>
      <div aria-hidden className="mt-2 h-1.5 overflow-hidden rounded-full bg-tile">
        <div
          className="h-full rounded-full bg-brand transition-[width] duration-300"
          style={{ width: `${done}%` }}
        />
      </div>
    </div>
  );
}
