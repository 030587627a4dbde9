import { ChevronRight, User, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CategoryNode } from '@/api/gen';
import { cx } from '@/shared/cx';
import { Dialog } from '@/shared/ui';
import { Link } from '@/shop/Link';
import { useT } from '../i18n';
import { LocaleForm } from './LocaleForm';
import { useCategories } from './useCategories';

const LEVELS = ['text-lg', 'pl-7 text-muted', 'pl-11 text-sm text-muted'];

/** The menu of small screens: categories, account, region and language. */
export default function MenuDrawer({ onClose }: { onClose: () => void }) {
  const t = useT();
  const categories = useCategories();
  return (
    <Dialog open onClose={onClose} label={t('header.menu')} side="left">
      <div className="flex h-full flex-col">
        <div className="flex items-center justify-between border-b border-line py-2 pr-2 pl-5">
          <h2 className="font-display text-2xl">{t('header.menu')}</h2>
          <button
            type="button"
            className="icon-btn"
            aria-label={t('action.close')}
            onClick={onClose}
          >
            <X aria-hidden className="size-5" />
          </button>
        </div>
        <nav aria-label={t('header.categories')} className="flex-1 overflow-y-auto p-2">
          <ul>
            <li>
              <MenuLink to="/products" depth={0} onFollow={onClose}>
                {t('listing.all')}
              </MenuLink>
            </li>
            {categories.map((category) => (
              <Branch key={category.id} category={category} depth={0} onFollow={onClose} />
            ))}
          </ul>
        </nav>
        <div className="border-t border-line p-5">
          <Link
            to="/account"
            onClick={onClose}
            className="flex min-h-11 items-center gap-3 font-medium"
          >
            <User aria-hidden className="size-5" />
            {t('header.account')}
          </Link>
          <LocaleForm className="mt-3" />
        </div>
      </div>
    </Dialog>
  );
}

interface BranchProps {
  category: CategoryNode;
  depth: number;
  onFollow: () => void;
}

/** A category and all below it. */
function Branch({ category, depth, onFollow }: BranchProps) {
  return (
    <li>
      <MenuLink to={`/c/${category.slug}`} depth={depth} onFollow={onFollow}>
        {category.name}
      </MenuLink>
      {category.children.length > 0 && (
        <ul>
          {category.children.map((child) => (
            <Branch key={child.id} category={child} depth={depth + 1} onFollow={onFollow} />
          ))}
        </ul>
      )}
    </li>
  );
}

interface MenuLinkProps {
  to: string;
  depth: number;
  onFollow: () => void;
  children: ReactNode;
}

function MenuLink({ to, depth, onFollow, children }: MenuLinkProps) {
  return (
    <Link
      to={to}
      onClick={onFollow}
      className={cx(
        'flex min-h-11 items-center justify-between rounded-lg px-3 hover:bg-tile',
        LEVELS[Math.min(depth, LEVELS.length - 1)],
      )}
    >
      {children}
      <ChevronRight aria-hidden className="size-4 text-muted" />
    </Link>
  );
}
