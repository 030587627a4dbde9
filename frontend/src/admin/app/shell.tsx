import { lazy, Suspense, useState } from 'react';
import { ExternalLink, Menu as MenuIcon } from 'lucide-react';
import { Outlet, ScrollRestoration } from 'react-router';
import { useT } from '@/admin/i18n';
import { IconButton, PageSkeleton, Skeleton } from '@/admin/ui';
import { Sidebar } from './sidebar';
import { useShortcuts } from './shortcuts';

// What opens on demand is not part of the first load.
const Palette = lazy(async () => ({ default: (await import('./palette')).Palette }));
const HelpDialog = lazy(async () => ({ default: (await import('./help-dialog')).HelpDialog }));
const Drawer = lazy(async () => ({ default: (await import('./drawer')).Drawer }));
const UserMenu = lazy(async () => ({ default: (await import('./user-menu')).UserMenu }));

/** The frame of every page: sidebar, top bar, command palette, keyboard help. */
export function Shell() {
  const t = useT();
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const [drawer, setDrawer] = useState(false);
  useShortcuts({ onPalette: () => setPalette((open) => !open), onHelp: () => setHelp(true) });
  const search = () => {
    setDrawer(false);
    setPalette(true);
  };
  return (
    <div className="grid min-h-dvh lg:grid-cols-[232px_1fr]">
      <a
        href="#main"
        className="sr-only z-50 rounded-lg bg-ink px-3 py-2 text-paper focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t('shell.skip')}
      </a>
      <aside
        aria-label={t('shell.sidebar')}
        className="sticky top-0 h-dvh border-r border-line bg-side max-lg:hidden"
      >
        <Sidebar onSearch={search} />
      </aside>
      <div className="min-w-0">
        <header className="sticky top-0 z-20 flex h-13 items-center gap-1 border-b border-line bg-paper px-4 sm:px-6">
          <IconButton
            label={t('shell.open_menu')}
            className="-ml-2 lg:hidden"
            onClick={() => setDrawer(true)}
          >
            <MenuIcon aria-hidden />
          </IconButton>
          <a
            href="/"
            className="mr-1 ml-auto flex min-h-8 items-center gap-1.5 px-2 text-[13px] text-muted hover:text-ink"
          >
            {t('shell.view_store')}
            <ExternalLink aria-hidden className="size-3.5" />
          </a>
          <Suspense fallback={<Skeleton className="size-8 rounded-full" />}>
            <UserMenu onHelp={() => setHelp(true)} />
          </Suspense>
        </header>
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto max-w-[1240px] px-4 py-6 outline-none sm:px-6"
        >
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <Suspense fallback={null}>
        {drawer && <Drawer open onClose={() => setDrawer(false)} onSearch={search} />}
        {palette && <Palette open onClose={() => setPalette(false)} />}
        {help && <HelpDialog open onClose={() => setHelp(false)} />}
      </Suspense>
      <ScrollRestoration />
    </div>
  );
}
