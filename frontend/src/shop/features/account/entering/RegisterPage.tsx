import { useLocation } from 'react-router';
import { TextField } from '@/shared/ui';
import { useT } from '../../../i18n';
import { FormProblem, orNull, PasswordField, SubmitButton, useZodForm } from '../../../forms';
import { EnterPage } from './EnterPage';
import { join } from './entering';
import { nextOf, withNext } from './next';
import { Other } from './Other';
import { registration } from './schemas';

export default function RegisterPage() {
  const t = useT();
  const { search } = useLocation();
  const form = useZodForm(registration, { name: '', email: '', password: '' });
  const busy = form.formState.isSubmitting;
  const send = form.send(({ name, ...credentials }) =>
    join({ ...credentials, name: orNull(name) }),
  );
  return (
    <EnterPage
      title={t('register.title')}
      text={<p>{t('register.text')}</p>}
      other={
        <Other
          question={t('register.known')}
          to={withNext('/login', nextOf(search))}
          action={t('login.action')}
        />
      }
    >
      <form noValidate className="flex flex-col gap-5" onSubmit={send}>
        <TextField
          label={t('field.nameOptional')}
          autoComplete="name"
          error={form.wrong('name')}
          {...form.register('name')}
        />
        <TextField
          label={t('field.email')}
          type="email"
          autoComplete="username"
          error={form.wrong('email')}
          {...form.register('email')}
        />
        <PasswordField
          label={t('field.password')}
          autoComplete="new-password"
          hint={t('register.passwordHint')}
          error={form.wrong('password')}
          {...form.register('password')}
        />
        <FormProblem text={form.problem} />
        <SubmitButton busy={busy} className="w-full">
          {t(busy ? 'register.busy' : 'register.action')}
        </SubmitButton>
      </form>
    </EnterPage>
  );
}
