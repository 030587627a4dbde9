import { useState } from 'react';
import * as z from 'zod/mini';
import { authDeleteMe } from '@/api/gen';
import { isProblem } from '@/api/problem';
import { signOut } from '@/shared/session';
import { Dialog, toast } from '@/shared/ui';
import { FormProblem, password, PasswordField, SubmitButton, useZodForm } from '../../../forms';
import { useT } from '../../../i18n';

const schema = z.object({ password });

/** Deletes the account, with the password as the last word. */
export function DeleteAccount() {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="btn btn-ghost" onClick={() => setOpen(true)}>
        {t('profile.delete')}
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} label={t('profile.delete')} side="modal">
        <Question onCancel={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function Question({ onCancel }: { onCancel: () => void }) {
  const t = useT();
  const form = useZodForm(schema, { password: '' });
  const send = form.send(async (body) => {
    try {
      await authDeleteMe({ body, throwOnError: true });
    } catch (thrown) {
      if (!isProblem(thrown, 'wrong-password')) throw thrown;
      const message = 'problem.wrongPassword';
      form.setError('password', { message }, { shouldFocus: true });
      return;
    }
    toast(t('profile.deleted'));
    signOut();
  });
  return (
    <form noValidate className="flex flex-col gap-5 p-6 sm:p-8" onSubmit={send}>
      <h2 className="font-display text-h2">{t('profile.deleteTitle')}</h2>
      <p className="text-muted">{t('profile.deleteWarning')}</p>
      <PasswordField
        label={t('field.password')}
        autoComplete="current-password"
        error={form.wrong('password')}
        {...form.register('password')}
      />
      <FormProblem text={form.problem} />
      <div className="flex flex-col gap-3 sm:flex-row-reverse">
        <SubmitButton busy={form.formState.isSubmitting} danger>
          {t('profile.delete')}
        </SubmitButton>
        <button type="button" className="btn btn-ghost" onClick={onCancel}>
          {t('action.cancel')}
        </button>
      </div>
    </form>
  );
}
