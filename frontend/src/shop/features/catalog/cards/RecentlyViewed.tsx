import { useQuery } from '@tanstack/react-query';
import { productsBrowse } from '@/api/gen';
import { useT } from '../../../i18n';
import { useShop } from '../../../shop';
import { ProductGrid } from './ProductGrid';
import { recentlyViewed } from './recentlyViewed';

const SHOWN = 4;

/** What this visitor looked at before; nothing on the server and on a first visit. */
export function RecentlyViewed({ except }: { except?: string }) {
  const t = useT();
  const { market } = useShop();
  const { data: products = [] } = useQuery({
    queryKey: ['recently-viewed', market.region, except],
    queryFn: async ({ signal }) => {
      const ids = recentlyViewed()
        .filter((id) => id !== except)
        .slice(0, SHOWN);
      if (ids.length === 0) return [];
      const query = { ...market, ids, limit: SHOWN };
      const { data } = await productsBrowse({ query, signal, throwOnError: true });
      const found = new Map(data.items.map((product) => [product.id, product]));
      return ids.flatMap((id) => found.get(id) ?? []);
    },
    // What was looked at changes with every page.
    staleTime: 0,
  });
  if (products.length === 0) return null;
  return (
    <section className="mt-20" aria-labelledby="recently-viewed">
      <h2 id="recently-viewed" className="mb-6 font-display text-h2">
        {t('home.recent')}
      </h2>
      <ProductGrid products={products} />
    </section>
  );
}
