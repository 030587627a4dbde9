import { LogOut } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { authLogout } from '@/api/gen';
import { asProblem } from '@/api/problem';
import { signOut, useSession } from '@/shared/session';
import { Skeleton, toast } from '@/shared/ui';
import { NavLink } from '@/shop/Link';
import { wordsFor } from '../../forms';
import { useT, type Key } from '../../i18n';
import { useTitle } from '../../layout/useTitle';
import { RequireUser } from './RequireUser';

const PAGES: [path: string, text: Key][] = [
  ['/account', 'account.overview'],
  ['/account/orders', 'account.orders'],
  ['/account/addresses', 'account.addresses'],
  ['/account/profile', 'account.profileShort'],
];

interface Props {
  title: string;
  /** Beside the title: the page's one action. */
  action?: ReactNode;
  /** Over the title: the way back. */
  above?: ReactNode;
  children: ReactNode;
}

/** The frame of every page of an account: who it is, the way to the others, the way out. */
export function AccountPage({ title, action, above, children }: Props) {
  useTitle(title);
  return (
    <div className="wrap grid gap-x-16 pt-8 pb-4 lg:grid-cols-[220px_minmax(0,1fr)] lg:pt-12 print:block">
      <RequireUser skeleton={<AccountSkeleton />}>
        <AccountNav />
        <section className="min-w-0 pt-8 lg:pt-0">
          {above}
          <div className="flex flex-wrap items-center justify-between gap-4">
            <h1 className="font-display text-h1">{title}</h1>
            {action}
          </div>
          {children}
        </section>
      </RequireUser>
    </div>
  );
}

function AccountNav() {
  const t = useT();
  const { user } = useSession();
  return (
    <aside className="no-print min-w-0">
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <p className="truncate font-semibold">{user?.name ?? user?.email}</p>
          {user?.name && <p className="truncate text-sm text-muted">{user.email}</p>}
        </div>
        <div className="-mr-3 lg:hidden">
          <SignOutButton />
        </div>
      </div>
      <nav aria-label={t('account.title')} className="mt-5">
        <ul className="-mx-4 flex gap-1 overflow-x-auto border-b border-line px-4 lg:mx-0 lg:flex-col lg:gap-0 lg:border-0 lg:px-0">
          {PAGES.map(([path, text]) => (
            <li key={path}>
              <NavLink
                to={path}
                end={path === '/account'}
                className="flex min-h-11 items-center border-b-2 border-transparent px-3 whitespace-nowrap text-muted hover:text-ink aria-[current=page]:border-brand aria-[current=page]:font-semibold aria-[current=page]:text-ink lg:-ml-px lg:border-b-0 lg:border-l-2 lg:border-line lg:pl-4"
              >
                {t(text)}
              </NavLink>
            </li>
          ))}
          <li className="mt-4 hidden lg:block">
            <SignOutButton />
          </li>
        </ul>
      </nav>
    </aside>
  );
}

function SignOutButton() {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    try {
      await authLogout({ throwOnError: true });
      signOut();
    } catch (thrown) {
      // The cookie is still good: saying that one is signed out would be untrue.
      toast(wordsFor(asProblem(thrown), t), { tone: 'problem' });
      setBusy(false);
    }
  };
  return (
    <button
      type="button"
      disabled={busy}
      className="flex min-h-11 items-center gap-2 px-3 whitespace-nowrap text-muted hover:text-ink lg:pl-4"
      onClick={() => void leave()}
    >
      <LogOut aria-hidden className="size-4" />
      {t('account.signOut')}
    </button>
  );
}

function AccountSkeleton() {
  return (
    <>
      <Skeleton className="h-24 w-full lg:h-64" />
      <div className="pt-8 lg:pt-0">
        <Skeleton className="h-12 w-64" />
        <Skeleton className="mt-8 h-64 w-full rounded-tile!" />
      </div>
    </>
  );
}
