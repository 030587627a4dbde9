import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import type { ProductCard } from '@/api/gen';
import { productsShowOptions } from '@/api/gen/@tanstack/react-query.gen';
import { Dialog, ErrorState, Skeleton } from '@/shared/ui';
import { Link } from '@/shop/Link';
import { useT } from '../../../i18n';
import { useShop } from '../../../shop';
import { BuyBox } from '../product/BuyBox';
import { useChoice } from '../product/useChoice';
import { ProductImage } from './ProductImage';

/** The choice of a variant in a dialog over the shelf. */
export default function QuickBuy({
  product,
  onClose,
}: {
  product: ProductCard;
  onClose: () => void;
}) {
  const t = useT();
  return (
    <Dialog
      open
      onClose={onClose}
      label={t('card.add', { title: product.title })}
      side="modal"
      className="sm:min-w-[560px]"
    >
      <div className="relative z-10 grid gap-5 p-5 sm:grid-cols-[180px_1fr]">
        {product.thumbnail && (
          <ProductImage
            image={product.thumbnail}
            sizes="180px"
            alt=""
            className="hidden aspect-[4/5] rounded-tile bg-tile object-cover sm:block"
          />
        )}
        <div className="min-w-0">
          <h2 className="pr-10 font-display text-2xl leading-tight">{product.title}</h2>
          <Choice slug={product.slug} onAdded={onClose} />
          <Link to={`/products/${product.slug}`} className="link mt-4 inline-block text-sm">
            {t('card.details')}
          </Link>
        </div>
        <button
          type="button"
          className="icon-btn absolute top-2 right-2"
          aria-label={t('action.close')}
          onClick={onClose}
        >
          <X aria-hidden className="size-5" />
        </button>
      </div>
    </Dialog>
  );
}

function Choice({ slug, onAdded }: { slug: string; onAdded: () => void }) {
  const { market } = useShop();
  const { data, error, refetch } = useQuery(
    productsShowOptions({ path: { id_or_slug: slug }, query: market }),
  );
  const [options, setOptions] = useChoice(data);
  const [quantity, setQuantity] = useState(1);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="mt-6 h-48 w-full" />;
  return (
    <BuyBox
      product={data}
      options={options}
      onChoose={setOptions}
      quantity={quantity}
      onQuantity={setQuantity}
      onAdded={onAdded}
    />
  );
}
