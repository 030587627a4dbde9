import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { productsBrowseOptions } from '@/api/gen/@tanstack/react-query.gen';
import { Link } from '@/shop/Link';
import { useSearchParams } from '@/shop/useSearchParams';
import { useT } from '../../i18n';
import { useCategories } from '../../layout/useCategories';
import { useShop } from '../../shop';
import { Breadcrumbs, Listing, ProductGrid } from '../catalog';
import { rememberSearch } from './recentSearches';
import { SearchBox } from './SearchBox';

/** What a search finds, with the filters of every list. */
export default function SearchPage() {
  const t = useT();
  const [address] = useSearchParams();
  const q = address.get('q')?.trim() ?? '';
  const title = q ? t('search.results', { q }) : t('search.title');
  useEffect(() => {
    if (q) rememberSearch(q);
  }, [q]);
  return (
    <div className="wrap pt-6">
      <Breadcrumbs way={[]} here={t('search.title')} />
      <div className="mt-4 max-w-2xl md:hidden">
        <SearchBox key={q} initial={q} big />
      </div>
      <Listing
        title={title}
        categoryLinks="filter"
        note={({ suggestion, products }) =>
          suggestion &&
          products.length > 0 && (
            <p className="mb-6" role="status">
              {t('search.corrected', { q, suggestion })}
            </p>
          )
        }
        empty={<Alternatives q={q} />}
      />
    </div>
  );
}

/** Nothing was found: other ways on, and what many people like. */
function Alternatives({ q }: { q: string }) {
  const t = useT();
  const { market } = useShop();
  const categories = useCategories();
  const { data } = useQuery(
    productsBrowseOptions({ query: { ...market, sort: 'popularity', limit: 8 } }),
  );
  return (
    <div>
      <p className="font-display text-h2">{t('search.none', { q })}</p>
      <p className="mt-2 text-muted">{t('search.noneHint')}</p>
      <ul className="mt-5 flex flex-wrap gap-2">
        {categories
          .flatMap((category) => [category, ...category.children])
          .map(({ id, slug, name }) => (
            <li key={id}>
              <Link to={`/c/${slug}`} className="chip">
                {name}
              </Link>
            </li>
          ))}
      </ul>
      {data && data.items.length > 0 && (
        <section className="mt-12" aria-labelledby="liked">
          <h2 id="liked" className="mb-6 font-display text-h2">
            {t('home.featured')}
          </h2>
          <ProductGrid products={data.items} />
        </section>
      )}
    </div>
  );
}
