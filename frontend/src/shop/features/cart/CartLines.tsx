import type { CartOut } from '@/api/gen';
import { useShopLanguage, type Key } from '../../i18n';
import { CartLine } from './CartLine';

/** The lines, and above them what concerns the whole cart. */
export function CartLines({ cart, onLeave }: { cart: CartOut; onLeave?: () => void }) {
  const { t } = useShopLanguage();
  const lines = cart.lines;
  return (
    <>
      {cart.notices.length > 0 && (
        <ul role="status" className="mt-4 rounded-btn bg-tile px-4 py-3 text-sm">
          {cart.notices.map(({ code, variant_id: id, available }) => (
            <li key={`${code}${id ?? ''}`}>
              {code === 'quantity-capped'
                ? t('cart.notice.capped', {
                    title: lines.find((line) => line.variant_id === id)?.title ?? '',
                    count: available ?? 0,
                  })
                : t(`cart.notice.${code}` as Key)}
            </li>
          ))}
        </ul>
      )}
      <ul className="divide-y divide-line" aria-label={t('cart.lines')}>
        {lines.map((line) => (
          <CartLine key={line.id} line={line} onLeave={onLeave} />
        ))}
      </ul>
    </>
  );
}

/** Nothing stands in the way of paying for it. */
export function isBuyable(cart: CartOut): boolean {
  return cart.lines.length > 0 && cart.lines.every(({ unit_price: price }) => price !== null);
}
