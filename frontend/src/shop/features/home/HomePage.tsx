import { useQuery } from '@tanstack/react-query';
import { Suspense, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Sort } from '@/api/gen';
import { productsBrowseOptions } from '@/api/gen/@tanstack/react-query.gen';
import { ErrorState } from '@/shared/ui';
import { useT } from '../../i18n';
import { useTitle } from '../../layout/useTitle';
import { useShop } from '../../shop';
import { GridSkeleton, ProductGrid, RecentlyViewed } from '../catalog';
import { CategoryTiles } from './CategoryTiles';
import { Hero } from './Hero';

const CARDS = 8;

/** The door of the shop. */
export default function HomePage() {
  const t = useT();
  useTitle(undefined);
  return (
    <div className="wrap pt-4">
      <Hero />
      <Suspense>
        <CategoryTiles />
      </Suspense>
      <Row title={t('home.featured')} sort="popularity">
        <Link to="/products?sort=popularity" className="link text-sm font-medium">
          {t('home.all')}
        </Link>
      </Row>
      <Suspense>
        <Editorial />
      </Suspense>
      <Row title={t('home.new')} sort="newest">
        <Link to="/products?sort=newest" className="link text-sm font-medium">
          {t('home.all')}
        </Link>
      </Row>
      <Suspense>
        <RecentlyViewed />
      </Suspense>
    </div>
  );
}

interface RowProps {
  title: string;
  sort: Sort;
  children: ReactNode;
}

function Row({ title, sort, children }: RowProps) {
  const { market } = useShop();
  const { data, error, refetch } = useQuery(
    productsBrowseOptions({ query: { ...market, sort, limit: CARDS } }),
  );
  return (
    <section className="mt-20" aria-label={title}>
      <div className="mb-6 flex items-baseline justify-between gap-4">
        <h2 className="font-display text-h2">{title}</h2>
        {children}
      </div>
      {data ? (
        <ProductGrid products={data.items} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <GridSkeleton count={CARDS} />
      )}
    </section>
  );
}

/** A quiet band between the rows. */
function Editorial() {
  const t = useT();
  return (
    <section className="mt-20 rounded-tile bg-tile px-6 py-14 text-center sm:px-12 sm:py-20">
      <p className="eyebrow">{t('home.story.eyebrow')}</p>
      <p className="mx-auto mt-4 max-w-[24ch] font-display text-h1">{t('home.story.title')}</p>
      <p className="mx-auto mt-4 max-w-xl text-muted">{t('home.story.text')}</p>
    </section>
  );
}
