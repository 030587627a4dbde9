import { ShoppingBag } from 'lucide-react';
import { Link } from 'react-router';
import { useT } from '../../i18n';
import { useCart } from './useCart';

/** Leads to the cart and shows how many things are in it. */
export function CartButton() {
  const t = useT();
  const { data } = useCart();
  const count = data?.lines.reduce((sum, line) => sum + line.quantity, 0) ?? 0;
  return (
    <Link to="/cart" aria-label={t('cart.open', { count })} className="icon-btn relative -mr-3">
      <ShoppingBag aria-hidden className="size-5" />
      {count > 0 && (
        <span className="absolute top-0.5 right-0.5 grid min-w-[18px] place-items-center rounded-full bg-brand px-1 text-[11px] leading-[18px] font-bold text-brand-ink">
          {count}
        </span>
      )}
    </Link>
  );
}
