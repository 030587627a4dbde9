import { Link, NavLink } from '@/shop/Link';
import { useT } from '../i18n';
import { useCategories } from './useCategories';

const SHOWN = 6;

/** The first categories across the header, those below them in a panel. Phones have the drawer. */
export function CategoryNav() {
  const t = useT();
  const categories = useCategories();
  return (
    <nav aria-label={t('header.categories')} className="hidden lg:block">
      <ul className="flex gap-7">
        {categories.slice(0, SHOWN).map(({ id, slug, name, children }) => (
          <li key={id} className="group/nav relative">
            <NavLink
              to={`/c/${slug}`}
              className="block border-b-2 border-transparent py-1 whitespace-nowrap hover:border-ink aria-[current=page]:border-ink"
            >
              {name}
            </NavLink>
            {children.length > 0 && (
              <ul className="invisible absolute top-full -left-4 z-10 min-w-52 rounded-tile border border-line bg-surface p-2 opacity-0 transition-opacity group-focus-within/nav:visible group-focus-within/nav:opacity-100 group-hover/nav:visible group-hover/nav:opacity-100">
                {children.map((child) => (
                  <li key={child.id}>
                    <NavLink
                      to={`/c/${child.slug}`}
                      className="block rounded-lg px-3 py-2 hover:bg-tile aria-[current=page]:bg-tile"
                    >
                      {child.name}
                    </NavLink>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
        <li>
          <Link
            to="/products?on_sale=true"
            className="block border-b-2 border-transparent py-1 text-sale hover:border-sale"
          >
            {t('footer.sale')}
          </Link>
        </li>
      </ul>
    </nav>
  );
}
