import type { ReactNode } from 'react';
import type { CategoryNode } from '@/api/gen';
import { cx } from '@/shared/cx';
import { ErrorState } from '@/shared/ui';
import { useSearchParams } from '@/shop/useSearchParams';
import { useShopLanguage } from '../../../i18n';
import { useTitle } from '../../../layout/useTitle';
import { GridSkeleton, ProductGrid } from '../cards/ProductGrid';
import { Chips } from './Chips';
import { Facets } from './Facets';
import { active } from './filters';
import { FilterSheet } from './FilterSheet';
import { NothingFound } from './NothingFound';
import { Pager } from './Pager';
import { SortSelect } from './SortSelect';
import { useListing, type Listed } from './useListing';

interface Props {
  /** Unknown until the category is. */
  title: string | undefined;
  /** The category of the path; without it the address may name one. */
  category?: string;
  /** Where the categories of the column lead: to their own pages, or to a filter of this one. */
  categoryLinks?: 'page' | 'filter';
  /** The categories below this one, instead of those of the facets. */
  below?: CategoryNode[];
  intro?: ReactNode;
  /** Between heading and products, once those are known. */
  note?: (listed: Listed) => ReactNode;
  /** Instead of the usual words when nothing was found, and no filter is to blame. */
  empty?: ReactNode;
}

/** Heading, filters and products of a list that the address describes. */
export function Listing({
  title,
  category,
  categoryLinks = 'page',
  below,
  intro,
  note,
  empty,
}: Props) {
  const { t } = useShopLanguage();
  const [address] = useSearchParams();
  const listed = useListing(category);
  const { facets, total, products } = listed;
  const first = address.has('cursor') ? products[0]?.title : undefined;
  useTitle(title && first ? t('listing.from', { title, first }) : title);
  const column = { facets, below, categoryLinks };
  return (
    <>
      <div className="mt-4 flex flex-wrap items-end justify-between gap-4 border-b border-line pb-5">
        <div className="max-w-2xl">
          <h1 className="font-display text-h1">{title ?? ' '}</h1>
          {intro}
          <p className="mt-1 min-h-6 text-muted" aria-live="polite">
            {total !== null && t('listing.count', { count: total })}
          </p>
        </div>
        <div className="flex w-full items-center gap-2 sm:w-auto">
          <FilterSheet {...column} total={total} />
          <SortSelect bySearch={address.has('q')} />
        </div>
      </div>
      <div className="mt-6 grid gap-x-10 lg:grid-cols-[220px_minmax(0,1fr)]">
        <aside aria-label={t('filter.title')} className="hidden lg:block">
          <Facets {...column} />
        </aside>
        <div className="min-w-0">
          <Chips facets={facets} />
          {note?.(listed)}
          <Products listed={listed} empty={empty} />
        </div>
      </div>
    </>
  );
}

function Products({ listed, empty }: { listed: Listed; empty: ReactNode }) {
  const { products, isLoading, isChanging, isLoadingMore, error, retry } = listed;
  const { t } = useShopLanguage();
  const [address] = useSearchParams();
  const isFiltered = active(address).length > 0;
  if (error && products.length === 0) return <ErrorState error={error} onRetry={retry} />;
  if (isLoading) return <GridSkeleton />;
  if (products.length === 0) return (!isFiltered && empty) || <NothingFound />;
  return (
    <section
      aria-label={t('listing.products')}
      aria-busy={isChanging}
      className={cx('transition-opacity', isChanging && 'opacity-50')}
    >
      <h2 className="sr-only">{t('listing.products')}</h2>
      <ProductGrid products={products} eager={2} />
      {isLoadingMore && (
        <div className="mt-12">
          <GridSkeleton count={4} />
        </div>
      )}
      <Pager listed={listed} />
    </section>
  );
}
