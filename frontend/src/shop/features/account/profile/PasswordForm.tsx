import { useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { authChangePassword } from '@/api/gen';
import { authListSessionsQueryKey } from '@/api/gen/@tanstack/react-query.gen';
import { isProblem } from '@/api/problem';
import { useSession } from '@/shared/session';
import { toast } from '@/shared/ui';
import {
  FormProblem,
  newPassword,
  password,
  PasswordField,
  SubmitButton,
  useZodForm,
} from '../../../forms';
import { useT } from '../../../i18n';

const schema = z.object({ current_password: password, new_password: newPassword });
const EMPTY = { current_password: '', new_password: '' };

export function PasswordForm() {
  const t = useT();
  const queries = useQueryClient();
  const { user } = useSession();
  const form = useZodForm(schema, EMPTY);
  const send = form.send(async (body) => {
    try {
      await authChangePassword({ body, throwOnError: true });
    } catch (thrown) {
      if (!isProblem(thrown, 'wrong-password')) throw thrown;
      const message = 'problem.wrongPassword';
      form.setError('current_password', { message }, { shouldFocus: true });
      return;
    }
    form.reset(EMPTY);
    void queries.invalidateQueries({ queryKey: authListSessionsQueryKey() });
    toast(t('profile.passwordChanged'));
  });
  return (
    <form noValidate className="flex flex-col gap-5" onSubmit={send}>
      {/* Tells password managers whose password this is. */}
      <input
        type="text"
        autoComplete="username"
        value={user?.email ?? ''}
        readOnly
        hidden
        aria-hidden
        tabIndex={-1}
      />
      <PasswordField
        label={t('profile.currentPassword')}
        autoComplete="current-password"
        error={form.wrong('current_password')}
        {...form.register('current_password')}
      />
      <PasswordField
        label={t('profile.newPassword')}
        autoComplete="new-password"
        hint={t('register.passwordHint')}
        error={form.wrong('new_password')}
        {...form.register('new_password')}
      />
      <FormProblem text={form.problem} />
      <SubmitButton busy={form.formState.isSubmitting} className="self-start">
        {t('profile.changePassword')}
      </SubmitButton>
    </form>
  );
}
