import * as z from 'zod/mini';
import { authChangeMe } from '@/api/gen';
import { changeUser, useSession } from '@/shared/session';
import { TextField, toast } from '@/shared/ui';
import { FormProblem, optional, orNull, SubmitButton, useZodForm } from '../../../forms';
import { useT } from '../../../i18n';

const schema = z.object({ name: optional });

export function NameForm() {
  const t = useT();
  const { user } = useSession();
  const form = useZodForm(schema, { name: user?.name ?? '' });
  const send = form.send(async ({ name }) => {
    const { data } = await authChangeMe({ body: { name: orNull(name) }, throwOnError: true });
    changeUser(data);
    toast(t('profile.saved'));
  });
  return (
    <form noValidate className="flex flex-col gap-5" onSubmit={send}>
      <TextField
        label={t('field.name')}
        autoComplete="name"
        error={form.wrong('name')}
        {...form.register('name')}
      />
      <div>
        <p className="text-sm font-medium">{t('field.email')}</p>
        <p className="mt-1 break-words text-muted">{user?.email}</p>
      </div>
      <FormProblem text={form.problem} />
      <SubmitButton busy={form.formState.isSubmitting} className="self-start">
        {t('action.save')}
      </SubmitButton>
    </form>
  );
}
