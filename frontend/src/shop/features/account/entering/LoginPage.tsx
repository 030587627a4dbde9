import { useLocation } from 'react-router';
import { TextField } from '@/shared/ui';
import { useT } from '../../../i18n';
import { FormProblem, PasswordField, SubmitButton, useZodForm } from '../../../forms';
import { EnterPage } from './EnterPage';
import { enter } from './entering';
import { nextOf, withNext } from './next';
import { Other } from './Other';
import { credentials } from './schemas';

export default function LoginPage() {
  const t = useT();
  const { search, state } = useLocation();
  const expired = (state as { expired?: boolean } | null)?.expired === true;
  const form = useZodForm(credentials, { email: '', password: '' });
  const busy = form.formState.isSubmitting;
  return (
    <EnterPage
      title={t('login.title')}
      text={
        <p role={expired ? 'status' : undefined}>{t(expired ? 'login.expired' : 'login.text')}</p>
      }
      other={
        <Other
          question={t('login.new')}
          to={withNext('/register', nextOf(search))}
          action={t('login.register')}
        />
      }
    >
      <form noValidate className="flex flex-col gap-5" onSubmit={form.send(enter)}>
        <TextField
          label={t('field.email')}
          type="email"
          autoComplete="username"
          error={form.wrong('email')}
          {...form.register('email')}
        />
        <PasswordField
          label={t('field.password')}
          autoComplete="current-password"
          error={form.wrong('password')}
          {...form.register('password')}
        />
        <FormProblem text={form.problem} />
        <SubmitButton busy={busy} className="w-full">
          {t(busy ? 'login.busy' : 'login.action')}
        </SubmitButton>
      </form>
    </EnterPage>
  );
}
