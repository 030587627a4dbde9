import { useQuery } from '@tanstack/react-query';
import { Suspense, type ReactNode } from 'react';
import type { Sort } from '@/api/gen';
import { productsBrowseOptions } from '@/api/gen/@tanstack/react-query.gen';
import { ErrorState } from '@/shared/ui';
import { Link } from '@/shop/Link';
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
  const { popular, fresh } = useRows();
  useTitle(undefined);
  return (
    <div className="wrap pt-4">
      <Hero star={popular.data?.items[0]} />
      <Suspense>
        <CategoryTiles />
      </Suspense>
      <Row title={t('home.featured')} to="/products?sort=popularity">
        {popular.data ? (
          <ProductGrid products={popular.data.items} />
        ) : popular.error ? (
          <ErrorState error={popular.error} onRetry={() => void popular.refetch()} />
        ) : (
          <GridSkeleton count={CARDS} />
        )}
      </Row>
      <Suspense>
        <Editorial />
      </Suspense>
      {fresh.length > 0 && (
        <Row title={t('home.new')} to="/products?sort=newest">
          <ProductGrid products={fresh} />
        </Row>
      )}
      <Suspense>
        <RecentlyViewed />
      </Suspense>
    </div>
  );
}

const FEW = 4;

/** What is popular, and what is new among the rest: a young shop has sold nothing yet. */
function useRows() {
  const { market } = useShop();
  const row = (sort: Sort) => productsBrowseOptions({ query: { ...market, sort, limit: CARDS } });
  const popular = useQuery(row('popularity'));
  const newest = useQuery(row('newest'));
  const shown = new Set(popular.data?.items.map(({ id }) => id));
  const fresh = newest.data?.items.filter(({ id }) => !shown.has(id)) ?? [];
  return { popular, fresh: fresh.length < FEW ? [] : fresh.slice(0, FEW) };
}

interface RowProps {
  title: string;
  to: string;
  children: ReactNode;
}

function Row({ title, to, children }: RowProps) {
  const t = useT();
  return (
    <section className="mt-20" aria-label={title}>
      <div className="mb-6 flex items-baseline justify-between gap-4">
        <h2 className="font-display text-h2">{title}</h2>
        <Link to={to} className="link shrink-0 py-1 text-sm font-medium">
          {t('home.all')}
          <span className="sr-only">: {title}</span>
        </Link>
      </div>
      {children}
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
