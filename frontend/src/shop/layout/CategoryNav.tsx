import { useEffect, useRef, useState } from 'react';
import type { CategoryNode } from '@/api/gen';
import { cx } from '@/shared/cx';
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
        {categories.slice(0, SHOWN).map((category) => (
          <Entry key={category.id} category={category} />
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

/** A category of the header. Its panel is open while it is pointed at or has the focus. */
function Entry({ category }: { category: CategoryNode }) {
  const [isNear, setNear] = useState(false);
  const [isDismissed, setDismissed] = useState(false);
  const item = useRef<HTMLLIElement>(null);

  // Whoever only points has the focus elsewhere: the key is heard wherever it is pressed.
  useEffect(() => {
    if (!isNear) return undefined;
    const byKey = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return;
      const { current } = item;
      // What is hidden cannot keep the focus.
      if (current?.contains(document.activeElement)) current.querySelector('a')?.focus();
      setDismissed(true);
    };
    document.addEventListener('keydown', byKey);
    return () => document.removeEventListener('keydown', byKey);
  }, [isNear]);

  const approach = () => {
    setNear(true);
    setDismissed(false);
  };
  return (
    <li ref={item} className="group/nav relative">
      <NavLink
        to={`/c/${category.slug}`}
        onPointerEnter={approach}
        onFocus={approach}
        className="block border-b-2 border-transparent py-1 whitespace-nowrap hover:border-ink aria-[current=page]:border-ink"
      >
        {category.name}
      </NavLink>
      {category.children.length > 0 && (
        <Panel category={category} isWhole={isNear} isDismissed={isDismissed} />
      )}
    </li>
  );
}

interface PanelProps {
  category: CategoryNode;
  /** With the third level, which is not sent along with every page. */
  isWhole: boolean;
  isDismissed: boolean;
}

function Panel({ category, isWhole, isDismissed }: PanelProps) {
  const t = useT();
  const isDeep = category.children.some(({ children }) => children.length > 0);
  return (
    <div
      hidden={isDismissed}
      className="invisible absolute top-full -left-4 z-10 rounded-tile border border-line bg-surface p-2 opacity-0 transition-opacity group-focus-within/nav:visible group-focus-within/nav:opacity-100 group-hover/nav:visible group-hover/nav:opacity-100"
    >
      <Below to={category.slug} end>
        {t('header.allOf', { category: category.name })}
      </Below>
      <ul className={isDeep ? 'w-md columns-2 gap-2' : 'w-52'}>
        {category.children.map(({ id, slug, name, children }) => (
          <li key={id} className="break-inside-avoid">
            <Below to={slug}>{name}</Below>
            {isWhole && children.length > 0 && (
              <ul className="pb-1">
                {children.map((child) => (
                  <li key={child.id}>
                    <Below to={child.slug} isLast>
                      {child.name}
                    </Below>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface BelowProps {
  to: string;
  end?: boolean;
  isLast?: boolean;
  children: string;
}

function Below({ to, isLast = false, ...link }: BelowProps) {
  return (
    <NavLink
      {...link}
      to={`/c/${to}`}
      className={cx(
        'block rounded-lg px-3 hover:bg-tile aria-[current=page]:bg-tile',
        isLast ? 'py-1 pl-6 text-sm text-muted' : 'py-2',
      )}
    />
  );
}
