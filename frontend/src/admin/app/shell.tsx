import { Suspense, useState } from 'react';
import { ExternalLink, Menu as MenuIcon, X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import { Outlet, ScrollRestoration } from 'react-router';
import { useT } from '@/admin/i18n';
import { IconButton, PageSkeleton } from '@/admin/ui';
import { HelpDialog } from './help-dialog';
import { Palette } from './palette';
import { Sidebar } from './sidebar';
import { useShortcuts } from './shortcuts';
import { UserMenu } from './user-menu';

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
          <UserMenu onHelp={() => setHelp(true)} />
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
      <Drawer open={drawer} onClose={() => setDrawer(false)} onSearch={search} />
      <Palette open={palette} onClose={() => setPalette(false)} />
      <HelpDialog open={help} onClose={() => setHelp(false)} />
      <ScrollRestoration />
    </div>
  );
}

interface DrawerProps {
  open: boolean;
  onClose: () => void;
  onSearch: () => void;
}

/** The sidebar on small screens. */
function Drawer({ open, onClose, onSearch }: DrawerProps) {
  const t = useT();
  return (
    <Primitive.Root open={open} onOpenChange={(shown) => !shown && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/45 lg:hidden" />
        <Primitive.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 w-[264px] border-r border-line bg-side outline-none lg:hidden"
        >
          <Primitive.Title className="sr-only">{t('shell.sidebar')}</Primitive.Title>
          <Sidebar onSearch={onSearch} onGo={onClose} />
          <Primitive.Close asChild>
            <IconButton label={t('action.close')} className="absolute top-3 right-2">
              <X aria-hidden />
            </IconButton>
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
