import { ChevronRight, User, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog } from '@/shared/ui';
import { Link } from '@/shop/Link';
import { useT } from '../i18n';
import { LocaleForm } from './LocaleForm';
import { useCategories } from './useCategories';

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
            <MenuLink to="/products" onFollow={onClose}>
              {t('listing.all')}
            </MenuLink>
            {categories.map((category) => (
              <li key={category.id}>
                <ul>
                  <MenuLink to={`/c/${category.slug}`} onFollow={onClose}>
                    {category.name}
                  </MenuLink>
                  {category.children.map((child) => (
                    <MenuLink key={child.id} to={`/c/${child.slug}`} nested onFollow={onClose}>
                      {child.name}
                    </MenuLink>
                  ))}
                </ul>
              </li>
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

function MenuLink({
  to,
  nested = false,
  onFollow,
  children,
}: {
  to: string;
  nested?: boolean;
  onFollow: () => void;
  children: ReactNode;
}) {
  return (
    <li>
      <Link
        to={to}
        onClick={onFollow}
        className={`flex min-h-11 items-center justify-between rounded-lg px-3 hover:bg-tile ${nested ? 'pl-7 text-muted' : 'text-lg'}`}
      >
        {children}
        <ChevronRight aria-hidden className="size-4 text-muted" />
      </Link>
    </li>
  );
}
