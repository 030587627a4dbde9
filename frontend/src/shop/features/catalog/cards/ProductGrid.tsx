import { Suspense } from 'react';
import type { ProductCard as Card } from '@/api/gen';
import { cx } from '@/shared/cx';
import { Skeleton } from '@/shared/ui';
import { ProductCard } from './ProductCard';

const GRID =
  'grid grid-cols-2 gap-x-4 gap-y-9 md:grid-cols-3 md:gap-x-6 md:gap-y-12 xl:grid-cols-4';

interface Props {
  products: Card[];
  /** How many of the first pictures are loaded before all else. */
  eager?: number;
  className?: string;
}

/** Each card in a boundary of its own: they hydrate one by one, and input waits for none of them. */
export function ProductGrid({ products, eager = 0, className }: Props) {
  return (
    <ul className={cx(GRID, className)}>
      {products.map((product, index) => (
        <li key={product.id}>
          <Suspense>
            <ProductCard product={product} eager={index < eager} />
          </Suspense>
        </li>
      ))}
    </ul>
  );
}

export function GridSkeleton({ count = 8 }: { count?: number }) {
  return (
    <ul aria-hidden className={GRID}>
      {Array.from({ length: count }, (_, index) => (
        <li key={index}>
          <Skeleton className="aspect-[4/5] rounded-tile!" />
          <Skeleton className="mt-3 h-5 w-2/3" />
          <Skeleton className="mt-2 h-5 w-1/3" />
        </li>
      ))}
    </ul>
  );
}
