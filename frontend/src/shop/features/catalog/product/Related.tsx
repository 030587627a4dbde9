import { useQuery } from '@tanstack/react-query';
import type { Product } from '@/api/gen';
import { productsBrowseOptions } from '@/api/gen/@tanstack/react-query.gen';
import { useT } from '../../../i18n';
import { useShop } from '../../../shop';
import { ProductGrid } from '../cards/ProductGrid';

const SHOWN = 4;

/** What people like from the same shelf. One more is asked for: this product may be among them. */
export function Related({ product }: { product: Product }) {
  const t = useT();
  const { market } = useShop();
  const category = product.breadcrumbs.at(-1)?.slug;
  const { data } = useQuery({
    ...productsBrowseOptions({
      query: { ...market, sort: 'popularity', limit: SHOWN + 1, category: category ?? null },
    }),
    enabled: category !== undefined,
  });
  const others = (data?.items ?? []).filter(({ id }) => id !== product.id).slice(0, SHOWN);
  if (others.length === 0) return null;
  return (
    <section className="mt-20" aria-labelledby="related">
      <h2 id="related" className="mb-6 font-display text-h2">
        {t('product.related')}
      </h2>
      <ProductGrid products={others} />
    </section>
  );
}
