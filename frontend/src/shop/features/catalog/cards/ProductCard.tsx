import { useState } from 'react';
import type { ProductCard as Card } from '@/api/gen';
import { Link } from '@/shop/Link';
import { Badge } from './Badge';
import { Pictures } from './Pictures';
import { Price } from './Price';
import { QuickAdd } from './QuickAdd';
import { Stars } from './Stars';
import { Swatches } from './Swatches';

/** A product on a shelf. The whole card is one link, named once; quick add lies above it. */
export function ProductCard({ product, eager = false }: { product: Card; eager?: boolean }) {
  const { slug, title, brand, price, compare_at_price, in_stock } = product;
  const { swatches = [], swatch_count = 0 } = product;
  const [isNear, setNear] = useState(false);
  // Where nothing can point without touching, a second picture would be fetched for nobody.
  const approach = () => setNear((was) => was || matchMedia('(hover: hover)').matches);
  return (
    <article className="group relative flex flex-col">
      <div className="relative aspect-[4/5] overflow-hidden rounded-tile bg-tile">
        <Pictures product={product} eager={eager} isNear={isNear} />
        <Badge product={product} />
        {in_stock && <QuickAdd product={product} />}
      </div>
      <div className="mt-3 flex flex-col gap-0.5">
        {brand && <p className="text-[13px] text-muted">{brand}</p>}
        <div className="flex flex-col gap-0.5 sm:flex-row sm:items-start sm:justify-between sm:gap-3">
          <h3 className="text-[15px] leading-snug font-medium">
            <Link
              to={`/products/${slug}`}
              onPointerEnter={approach}
              onFocus={approach}
              className="after:absolute after:inset-0 after:rounded-tile"
            >
              {title}
            </Link>
          </h3>
          <Stars rating={product.rating} count={product.review_count} />
        </div>
        <Price price={price} before={compare_at_price} />
        <Swatches names={swatches} count={swatch_count} />
      </div>
    </article>
  );
}
