import { lazy, Suspense, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { Profile } from '@/api/gen/types.gen';
import { useSession } from '@/shared/session';
import { setLocale, useT } from '@/admin/i18n';
import { Button, Skeleton } from '@/admin/ui';
import { Logo } from './logo';
import { LoginForm } from './login-form';
import { LanguageSwitch } from './language-switch';
import { isLeaving, leave } from './sign-out';

const SignInAgain = lazy(() => import('./sign-in-again'));

/**
 * Lets staff in. When a session ends while somebody works, they are asked to sign in again above
 * their page, so that nothing they typed is lost.
 */
export function Gate({ children }: { children: ReactNode }) {
  const { status, user } = useSession();
  const [last, setLast] = useState<Profile | null>(user);
  if (user && user !== last) setLast(user);
  const present = user ?? last;
  if (status === 'unknown') return <Starting />;
  if (!present) return <LoginPage />;
  if (present.permissions.length === 0) return <NotStaff email={present.email} />;
  return (
    <>
      {children}
      {status === 'guest' && !isLeaving() && (
        <Suspense fallback={null}>
          <SignInAgain email={present.email} />
        </Suspense>
      )}
    </>
  );
}

function Starting() {
  return (
    <div className="grid min-h-dvh place-items-center" aria-busy="true">
      <Skeleton className="size-10 rounded-xl" />
    </div>
  );
}

function Entrance({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Sokoni`;
  }, [title]);
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex items-center gap-3">
          <Logo />
          <h1 className="text-[22px] font-semibold tracking-tight">{title}</h1>
        </div>
        <div className="card p-5">{children}</div>
        <div className="mt-4 flex justify-end">
          <LanguageSwitch onChange={(locale) => void setLocale(locale)} />
        </div>
      </div>
    </main>
  );
}

function LoginPage() {
  const t = useT();
  return (
    <Entrance title={t('login.title')}>
      <LoginForm />
    </Entrance>
  );
}

function NotStaff({ email }: { email: string }) {
  const t = useT();
  return (
    <Entrance title={t('login.not_staff')}>
      <p className="text-muted">{t('login.not_staff_hint', { email })}</p>
      <div className="mt-4 flex gap-2">
        <Button onClick={() => void leave()}>{t('user.sign_out')}</Button>
        <a href="/" className="inline-flex h-[34px] items-center px-2 text-brand hover:underline">
          {t('shell.view_store')}
        </a>
      </div>
    </Entrance>
  );
}
