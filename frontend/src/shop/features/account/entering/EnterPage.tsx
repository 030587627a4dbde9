import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useSession } from '@/shared/session';
import { Skeleton, TextField } from '@/shared/ui';
import { Link } from '@/shop/Link';
import { FormProblem, PasswordField, SubmitButton, useZodForm } from '../../../forms';
import { useT, type Key } from '../../../i18n';
import { useTitle } from '../../../layout/useTitle';
import { nextOf, withNext } from './next';
import { credentials, registration, type Entry } from './schemas';

interface Kind {
  schema: typeof registration;
  isNew: boolean;
  title: Key;
  action: Key;
  busy: Key;
  /** The way to the other kind. */
  question: Key;
  page: '/login' | '/register';
  other: Key;
}

export const SIGNING_IN: Kind = {
  schema: credentials,
  isNew: false,
  title: 'login.title',
  action: 'login.action',
  busy: 'login.busy',
  question: 'login.new',
  page: '/register',
  other: 'login.register',
};

export const REGISTERING: Kind = {
  schema: registration,
  isNew: true,
  title: 'register.title',
  action: 'register.action',
  busy: 'register.busy',
  question: 'register.known',
  page: '/login',
  other: 'login.action',
};

interface Props {
  kind: Kind;
  text: ReactNode;
  onSend: (entry: Entry) => Promise<void>;
}

/** Signing in and registering. Who is signed in goes on to where they wanted to. */
export function EnterPage({ kind, text, onSend }: Props) {
  const t = useT();
  useTitle(t(kind.title));
  const { status } = useSession();
  const next = nextOf(useLocation().search);
  return (
    <div className="wrap flex flex-col items-center py-12 sm:py-20">
      {status === 'user' && <Navigate to={next} replace />}
      <div className="w-full max-w-md">
        <h1 className="font-display text-h1">{t(kind.title)}</h1>
        <div className="mt-3 text-muted">{text}</div>
        <div className="mt-8">
          {status === 'unknown' ? <FormSkeleton /> : <EnterForm kind={kind} onSend={onSend} />}
        </div>
        <p className="mt-8 flex flex-wrap items-center justify-between gap-3 border-t border-line pt-6">
          <span className="text-muted">{t(kind.question)}</span>
          <Link to={withNext(kind.page, next)} className="link font-semibold">
            {t(kind.other)}
          </Link>
        </p>
      </div>
    </div>
  );
}

function EnterForm({ kind, onSend }: Pick<Props, 'kind' | 'onSend'>) {
  const t = useT();
  const { isNew } = kind;
  const form = useZodForm(kind.schema, { name: '', email: '', password: '' });
  const busy = form.formState.isSubmitting;
  return (
    <form noValidate className="flex flex-col gap-5" onSubmit={form.send(onSend)}>
      {isNew && (
        <TextField
          label={t('field.nameOptional')}
          autoComplete="name"
          error={form.wrong('name')}
          {...form.register('name')}
        />
      )}
      <TextField
        label={t('field.email')}
        type="email"
        autoComplete="username"
        error={form.wrong('email')}
        {...form.register('email')}
      />
      <PasswordField
        label={t('field.password')}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        hint={isNew ? t('register.passwordHint') : undefined}
        error={form.wrong('password')}
        {...form.register('password')}
      />
      <FormProblem text={form.problem} />
      <SubmitButton busy={busy} className="w-full">
        {t(busy ? kind.busy : kind.action)}
      </SubmitButton>
    </form>
  );
}

function FormSkeleton() {
  return (
    <div className="flex flex-col gap-5">
      <Skeleton className="h-18 w-full" />
      <Skeleton className="h-18 w-full" />
      <Skeleton className="h-12 w-full" />
    </div>
  );
}
