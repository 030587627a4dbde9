import type { Ref } from 'react';
import type { Product } from '@/api/gen';
import { cx } from '@/shared/cx';
import { Stepper } from '@/shared/ui';
import { useShopLanguage } from '../../../i18n';
import { useAddToCart } from '../../cart';
import { VariantPicker } from './VariantPicker';
import { variantOf, type Options } from '@/shared/variants';

interface Props {
  product: Product;
  options: Options;
  onChoose: (options: Options) => void;
  quantity: number;
  onQuantity: (quantity: number) => void;
  onAdded?: () => void;
  /** The row with the button, by which the sticky bar knows when to show. */
  buttons?: Ref<HTMLDivElement>;
}

/** Choice, stock, quantity, and the button that says what it costs. */
export function BuyBox({
  product,
  options,
  onChoose,
  quantity,
  onQuantity,
  onAdded,
  buttons,
}: Props) {
  const { t, money } = useShopLanguage();
  const { mutate, isPending } = useAddToCart();
  const variant = variantOf(product, options);
  const soldOut = !variant?.in_stock;
  const add = () => {
    if (!variant || isPending) return;
    mutate(
      { variantId: variant.id, quantity, title: product.title },
      { onSuccess: () => onAdded?.() },
    );
  };
  const price = variant && {
    ...variant.price,
    amount: variant.price.amount * quantity,
  };
  return (
    <div className="mt-6">
      <VariantPicker product={product} options={options} onChoose={onChoose} />
      <p className="mt-5 flex items-center gap-2 text-sm" aria-live="polite">
        <span aria-hidden className={cx('size-2 rounded-full', soldOut ? 'bg-sale' : 'bg-good')} />
        {t(soldOut ? 'stock.out' : 'stock.in')}
      </p>
      <div ref={buttons} className="mt-4 flex gap-3">
        {!soldOut && <Stepper value={quantity} onChange={onQuantity} label={product.title} />}
        <button
          type="button"
          disabled={soldOut}
          // Disabled, it would lose the focus that the drawer gives back.
          aria-disabled={isPending || undefined}
          onClick={add}
          className="btn btn-primary h-13 min-w-0 flex-1 px-3"
        >
          {soldOut || !price
            ? t('badge.soldOut')
            : t('buy.add', { price: money(price, { short: true }) })}
        </button>
      </div>
    </div>
  );
}
