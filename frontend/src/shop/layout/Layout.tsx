import { lazy, Suspense, useEffect, useRef } from 'react';
import { Outlet, useLocation, useNavigationType } from 'react-router';
import { Toasts } from '@/shared/ui';
import { CleanSlate } from '../features/account';
import { CartDrawer } from '../features/cart';
import { useT } from '../i18n';
import { paths } from '../paths';
import { Announcement } from './Announcement';
import { Footer } from './Footer';
import { Header } from './Header';
import { PageSkeleton } from './PageSkeleton';

// Where one person pays, only the browser draws.
const CheckoutHeader = lazy(() => import('./CheckoutHeader'));

/** What surrounds every page. */
export function Layout() {
  const t = useT();
  const main = useRef<HTMLElement>(null);
  useArrival(main);
  const paying = useLocation().pathname === paths.checkout;
  return (
    <>
      <a
        href="#main"
        className="sr-only z-50 bg-surface font-semibold focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:rounded-btn focus:px-4 focus:py-3"
      >
        {t('layout.skip')}
      </a>
      {paying ? (
        <Suspense fallback={<div className="h-16 border-b border-line" />}>
          <CheckoutHeader />
        </Suspense>
      ) : (
        <>
          <Announcement />
          <Header />
        </>
      )}
      <main id="main" ref={main} tabIndex={-1} className="min-h-[70vh]">
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </main>
      {!paying && (
        <Suspense>
          <Footer />
        </Suspense>
      )}
      <CartDrawer />
      <CleanSlate />
      <Toasts />
    </>
  );
}

/** After a link was followed: to the top, with the focus on the new page. Back keeps its place. */
function useArrival(main: React.RefObject<HTMLElement | null>): void {
  const { pathname } = useLocation();
  const how = useNavigationType();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    if (how === 'POP') return;
    window.scrollTo(0, 0);
    // The search page has taken it to its field.
    if (!main.current?.querySelector('input:focus')) main.current?.focus({ preventScroll: true });
  }, [pathname, how, main]);
}
