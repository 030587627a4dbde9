import type { ProductCard as Card } from '@/api/gen';
import { cx } from '@/shared/cx';
import { Link } from '@/shop/Link';
import { Badge } from './Badge';
import { Price } from './Price';
import { ProductImage } from './ProductImage';
import { QuickAdd } from './QuickAdd';
import { Stars } from './Stars';

const WIDTHS = '(min-width: 1280px) 290px, (min-width: 768px) 30vw, 46vw';

/** A product on a shelf. The whole card is one link, named once; quick add lies above it. */
export function ProductCard({ product, eager = false }: { product: Card; eager?: boolean }) {
  const { slug, title, brand, price, compare_at_price, thumbnail, in_stock } = product;
  return (
    <article className="group relative flex flex-col">
      <div className="relative aspect-[4/5] overflow-hidden rounded-tile bg-tile">
        {thumbnail && (
          <ProductImage
            image={thumbnail}
            sizes={WIDTHS}
            alt=""
            eager={eager}
            className={cx(
              'size-full object-cover transition-transform duration-700 ease-out-soft group-hover:scale-[1.035]',
              !in_stock && 'opacity-60',
            )}
          />
        )}
        <Badge product={product} />
        {in_stock && <QuickAdd product={product} />}
      </div>
      <div className="mt-3 flex flex-col gap-0.5">
        {brand && <p className="text-[13px] text-muted">{brand}</p>}
        <div className="flex flex-col gap-0.5 sm:flex-row sm:items-start sm:justify-between sm:gap-3">
          <h3 className="text-[15px] leading-snug font-medium">
            <Link
              to={`/products/${slug}`}
              className="after:absolute after:inset-0 after:rounded-tile"
            >
              {title}
            </Link>
          </h3>
          <Stars rating={product.rating} count={product.review_count} />
        </div>
        <Price price={price} before={compare_at_price} />
      </div>
    </article>
  );
}
