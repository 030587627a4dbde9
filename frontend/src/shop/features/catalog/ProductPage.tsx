import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect, useRef, useState } from 'react';
import { useParams } from 'react-router';
import type { Product } from '@/api/gen';
import { productsShowOptions } from '@/api/gen/@tanstack/react-query.gen';
import { asProblem } from '@/api/problem';
import { ErrorState, Skeleton } from '@/shared/ui';
import { NotFound } from '../../layout/NotFound';
import { useTitle } from '../../layout/useTitle';
import { useShop } from '../../shop';
import { Breadcrumbs } from './Breadcrumbs';
import { Prose } from './Prose';
import { Price } from './cards/Price';
import { RecentlyViewed } from './cards/RecentlyViewed';
import { rememberViewed } from './cards/recentlyViewed';
import { Stars } from './cards/Stars';
import { BuyBox } from './product/BuyBox';
import { DeliveryEstimate } from './product/DeliveryEstimate';
import { Details } from './product/Details';
import { Gallery } from './product/Gallery';
import { Related } from './product/Related';
import { Share } from './product/Share';
import { StickyBuy } from './product/StickyBuy';
import { useVariantInAddress } from './product/useVariantInAddress';
import { variantOf } from '@/shared/variants';

/** A product with all its variants. */
export default function ProductPage() {
  const { slug = '' } = useParams();
  const { market } = useShop();
  const { data, error, refetch } = useQuery(
    productsShowOptions({ path: { id_or_slug: slug }, query: market }),
  );
  useTitle(data?.title);
  if (error) {
    if (asProblem(error).status === 404) return <NotFound />;
    return <ErrorState alone error={error} onRetry={() => void refetch()} />;
  }
  return data ? <Shown key={data.id} product={data} /> : <Waiting />;
}

function Shown({ product }: { product: Product }) {
  const [options, setOptions] = useVariantInAddress(product);
  const [quantity, setQuantity] = useState(1);
  const buttons = useRef<HTMLDivElement>(null);
  const variant = variantOf(product, options);
  const shelf = product.breadcrumbs.at(-1);
  useEffect(() => rememberViewed(product.id), [product.id]);
  return (
    <div className="wrap pt-6">
      <Breadcrumbs
        way={product.breadcrumbs.map(({ name, slug }) => ({ name, to: `/c/${slug}` }))}
        here={product.title}
      />
      <div className="mt-4 grid gap-8 lg:grid-cols-[1.25fr_1fr] lg:gap-14">
        <Gallery images={product.images} chosen={variant?.image_id} />
        <div className="min-w-0 lg:sticky lg:top-24 lg:self-start">
          {(product.brand ?? shelf) && <p className="eyebrow">{product.brand ?? shelf?.name}</p>}
          <h1 className="mt-2 font-display text-h1">{product.title}</h1>
          <div className="mt-3 flex items-center justify-between gap-4" aria-live="polite">
            <Price
              big
              price={variant?.price ?? product.price}
              before={variant ? variant.compare_at_price : product.compare_at_price}
            />
            <Stars rating={product.rating} count={product.review_count} />
          </div>
          <Prose html={product.description} className="mt-5 text-muted" />
          <BuyBox
            product={product}
            options={options}
            onChoose={setOptions}
            quantity={quantity}
            onQuantity={setQuantity}
            buttons={buttons}
          />
          {variant?.in_stock && <DeliveryEstimate variant={variant} />}
          <Details product={product} variant={variant} />
          <Share title={product.title} />
        </div>
      </div>
      <Suspense>
        <Related product={product} />
      </Suspense>
      <Suspense>
        <RecentlyViewed except={product.id} />
      </Suspense>
      <StickyBuy product={product} options={options} quantity={quantity} after={buttons} />
    </div>
  );
}

function Waiting() {
  return (
    <div className="wrap pt-6">
      <Skeleton className="h-5 w-64" />
      <div className="mt-5 grid gap-8 lg:grid-cols-[1.25fr_1fr] lg:gap-14">
        <Skeleton className="aspect-[4/5] rounded-tile!" />
        <div>
          <Skeleton className="h-4 w-28" />
          <Skeleton className="mt-4 h-12 w-3/4" />
          <Skeleton className="mt-4 h-6 w-32" />
          <Skeleton className="mt-6 h-24 w-full" />
          <Skeleton className="mt-8 h-13 w-full rounded-btn!" />
        </div>
      </div>
    </div>
  );
}
