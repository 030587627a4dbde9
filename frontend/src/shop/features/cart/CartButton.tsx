import { ShoppingBag } from 'lucide-react';
import { useT } from '../../i18n';
import { openCart } from './drawer';
import { countOf, useCart } from './useCart';

/** Shows how many things are in the cart, and opens it. */
export function CartButton() {
  const t = useT();
  const { data } = useCart();
  const count = countOf(data);
  return (
    <button
      type="button"
      aria-label={t('cart.open', { count })}
      aria-haspopup="dialog"
      className="icon-btn relative -mr-3"
      onClick={openCart}
    >
      <ShoppingBag aria-hidden className="size-5" />
      {count > 0 && (
        <span className="absolute top-0.5 right-0.5 grid min-w-[18px] place-items-center rounded-full bg-brand px-1 text-[11px] leading-[18px] font-bold text-brand-ink">
          {count}
        </span>
      )}
    </button>
  );
}
