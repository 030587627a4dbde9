import { useState } from 'react';
import type { CartLineOut } from '@/api/gen';
import { Stepper } from '@/shared/ui';
import { Link } from '@/shop/Link';
import { useShopLanguage } from '../../i18n';
import { LineNotices } from './LineNotices';
import { leftOf } from './stock';
import { Thumb } from './Thumb';
import { useRemoveLine, useSetQuantity } from './useCartLines';

/** A thing in the cart: what, how many, how much. Changes show at once. */
export function CartLine({ line, onLeave }: { line: CartLineOut; onLeave?: () => void }) {
  const { t, money } = useShopLanguage();
  const [left, setLeft] = useState<number>();
  const { mutate: setQuantity } = useSetQuantity(line);
  const { mutate: remove } = useRemoveLine(line);
  const title = line.title ?? t('cart.unknown');
  const order = (quantity: number) => {
    setLeft(undefined);
    setQuantity(quantity, { onError: (error) => setLeft(leftOf(error)) });
  };
  const address = line.product_slug && `/products/${line.product_slug}?variant=${line.variant_id}`;
  return (
    <li className="flex gap-4 py-5">
      <Thumb image={line.thumbnail} className="h-[110px] w-[88px]" />
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex justify-between gap-4">
          <div className="min-w-0">
            {address ? (
              <Link to={address} onClick={onLeave} className="font-medium hover:underline">
                {title}
              </Link>
            ) : (
              <p className="font-medium">{title}</p>
            )}
            {line.variant_title && <p className="text-sm text-muted">{line.variant_title}</p>}
          </div>
          <p className="font-semibold whitespace-nowrap tabular-nums">
            {line.line_total ? money(line.line_total) : '–'}
          </p>
        </div>
        <LineNotices line={line} left={left} onTake={order} />
        <div className="mt-auto flex items-center justify-between pt-2">
          {line.unit_price ? (
            <Stepper small value={line.quantity} max={999} onChange={order} label={title} />
          ) : (
            <span className="text-sm text-muted">{t('cart.notSold')}</span>
          )}
          <button
            type="button"
            className="link min-h-9 text-sm text-muted hover:text-ink"
            aria-label={t('cart.removeNamed', { title })}
            onClick={() => remove()}
          >
            {t('cart.remove')}
          </button>
        </div>
      </div>
    </li>
  );
}
