import { useQueries } from '@tanstack/react-query';
import type { CategoryNode } from '@/api/gen';
import { productsBrowseOptions } from '@/api/gen/@tanstack/react-query.gen';
import { Link } from '@/shop/Link';
import { useT } from '../../i18n';
import { useCategories } from '../../layout/useCategories';
import { useShop } from '../../shop';
import { ProductImage } from '../catalog';

const SHOWN = 6;

/** The shelves, each with the picture of what people like best on it. */
export function CategoryTiles() {
  const t = useT();
  const { market } = useShop();
  const categories = shelvesOf(useCategories()).slice(0, SHOWN);
  const bests = useQueries({
    queries: categories.map(({ slug }) => ({
      ...productsBrowseOptions({
        query: { ...market, sort: 'popularity', limit: 1, category: slug },
      }),
      staleTime: 10 * 60_000,
    })),
  });
  if (categories.length === 0) return null;
  return (
    <section className="mt-20" aria-labelledby="shelves">
      <h2 id="shelves" className="font-display text-h2">
        {t('home.categories')}
      </h2>
      <ul className="mt-6 grid grid-cols-2 gap-4 md:grid-cols-3 lg:grid-cols-6">
        {categories.map(({ id, slug, name }, index) => {
          const image = bests[index]?.data?.items[0]?.thumbnail;
          return (
            <li key={id}>
              <Link to={`/c/${slug}`} className="group block">
                <span className="block aspect-square overflow-hidden rounded-tile bg-tile">
                  {image && (
                    <ProductImage
                      image={image}
                      sizes="(min-width: 1024px) 200px, 46vw"
                      alt=""
                      className="size-full object-cover transition-transform duration-700 ease-out-soft group-hover:scale-[1.035]"
                    />
                  )}
                </span>
                <span className="mt-2.5 block font-medium group-hover:underline">{name}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The shelves worth a tile: those in the middle of the tree, taken in turns from each branch. */
function shelvesOf(tops: CategoryNode[]): CategoryNode[] {
  const branches = tops.map((top) => (top.children.length > 0 ? top.children : [top]));
  const longest = Math.max(0, ...branches.map((branch) => branch.length));
  return Array.from({ length: longest }, (_, turn) =>
    branches.flatMap((branch) => branch[turn] ?? []),
  ).flat();
}
