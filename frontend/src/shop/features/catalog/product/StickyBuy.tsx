import { useEffect, useState, type RefObject } from 'react';
import type { Product } from '@/api/gen';
import { useShopLanguage } from '../../../i18n';
import { useAddToCart } from '../../cart';
import { variantOf, type Options } from '@/shared/variants';

interface Props {
  product: Product;
  options: Options;
  quantity: number;
  /** The button this one stands in for while it is above the screen. */
  after: RefObject<HTMLElement | null>;
}

/** On phones: price and button at the bottom once the page's own button has left the screen. */
export function StickyBuy({ product, options, quantity, after }: Props) {
  const { t, money } = useShopLanguage();
  const { mutate, isPending } = useAddToCart();
  const shown = useIsAbove(after);
  const variant = variantOf(product, options);
  if (!shown || !variant?.in_stock) return null;
  const add = () => mutate({ variantId: variant.id, quantity, title: product.title });
  return (
    <div className="no-print fixed inset-x-0 bottom-0 z-20 flex items-center gap-4 border-t border-line bg-paper px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] lg:hidden">
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm font-medium">{product.title}</p>
        <p className="truncate text-sm text-muted">
          {quantity > 1 && `${quantity} × `}
          {money(variant.price, { short: true })}
          {product.variants.length > 1 && ` · ${variant.title}`}
        </p>
      </div>
      <button
        type="button"
        aria-disabled={isPending || undefined}
        className="btn btn-primary px-5"
        onClick={() => {
          if (!isPending) add();
        }}
      >
        {t('buy.short')}
      </button>
    </div>
  );
}

function useIsAbove(target: RefObject<HTMLElement | null>): boolean {
  const [above, setAbove] = useState(false);
  useEffect(() => {
    if (!target.current || !('IntersectionObserver' in window)) return undefined;
    // All that lies below counts as seen, so that a leap past it is noticed as well.
    const rootMargin = '0px 0px 1000000px 0px';
    const observer = new IntersectionObserver(
      ([entry]) => setAbove(entry?.isIntersecting === false),
      { rootMargin },
    );
    observer.observe(target.current);
    return () => observer.disconnect();
  }, [target]);
  return above;
}
