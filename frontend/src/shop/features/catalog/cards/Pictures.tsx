import { useState } from 'react';
import type { ProductCard, Thumbnail } from '@/api/gen';
import { cx } from '@/shared/cx';
import { ProductImage } from './ProductImage';

const WIDTHS = '(min-width: 1280px) 290px, (min-width: 768px) 30vw, 46vw';

interface Props {
  product: Pick<ProductCard, 'thumbnail' | 'hover_image' | 'in_stock'>;
  eager: boolean;
  /** Somebody points at the card, or has come to it by keys: time to fetch the second picture. */
  isNear: boolean;
}

/** A product's first picture, and under the pointer its second. */
export function Pictures({ product, eager, isNear }: Props) {
  const { thumbnail, hover_image: second, in_stock } = product;
  if (!thumbnail) return null;
  return (
    <div
      className={cx(
        'size-full transition-transform duration-700 ease-out-soft group-hover:scale-[1.035]',
        !in_stock && 'opacity-60',
      )}
    >
      <ProductImage
        image={thumbnail}
        sizes={WIDTHS}
        alt=""
        eager={eager}
        className="size-full object-cover"
      />
      {isNear && second && <Second picture={second} />}
    </div>
  );
}

/** Lies over the first and is seen only once it is there, so that nothing flickers. */
function Second({ picture }: { picture: Thumbnail }) {
  const [isLoaded, setLoaded] = useState(false);
  return (
    <ProductImage
      image={picture}
      sizes={WIDTHS}
      alt=""
      onLoad={() => setLoaded(true)}
      className={cx(
        'absolute inset-0 size-full object-cover opacity-0 transition-opacity duration-300',
        isLoaded && 'group-hover:opacity-100 group-has-focus-visible:opacity-100',
      )}
    />
  );
}
