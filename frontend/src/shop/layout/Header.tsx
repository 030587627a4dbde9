import { Menu, Search, User } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Link } from '@/shop/Link';
import { CartButton } from '../features/cart';
import { SearchBox } from '../features/search';
import { useT } from '../i18n';
import { useShop } from '../shop';
import { CategoryNav } from './CategoryNav';
import { LocaleButton } from './LocaleButton';
import { ThemeButton } from './ThemeButton';

const MenuDrawer = lazy(() => import('./MenuDrawer'));

export function Header() {
  const t = useT();
  const { name } = useShop().store;
  const [menu, setMenu] = useState(false);
  return (
    <header className="no-print sticky top-0 z-30 border-b border-line bg-paper/95 backdrop-blur-md">
      <div className="wrap flex h-16 items-center gap-1 lg:gap-8">
        <button
          type="button"
          className="icon-btn -ml-3 lg:hidden"
          aria-label={t('header.menu')}
          aria-haspopup="dialog"
          onClick={() => setMenu(true)}
        >
          <Menu aria-hidden className="size-5" />
        </button>
        <Link
          to="/"
          className="font-display text-[30px] leading-none tracking-tight"
          aria-label={t('header.home', { name })}
        >
          {name}
        </Link>
        <CategoryNav />
        <div className="ml-auto hidden w-56 md:block xl:w-64">
          <SearchBox />
        </div>
        <div className="ml-auto flex items-center md:ml-0">
          <Link to="/search" aria-label={t('search.open')} className="icon-btn md:hidden">
            <Search aria-hidden className="size-5" />
          </Link>
          <span className="hidden lg:block">
            <LocaleButton />
          </span>
          <ThemeButton />
          <Link to="/account" aria-label={t('header.account')} className="icon-btn hidden sm:grid">
            <User aria-hidden className="size-5" />
          </Link>
          <CartButton />
        </div>
      </div>
      {menu && (
        <Suspense>
          <MenuDrawer onClose={() => setMenu(false)} />
        </Suspense>
      )}
    </header>
  );
}
