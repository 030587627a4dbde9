import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { authToken } from '@/api/gen/sdk.gen';
import { signIn } from '@/shared/session';
import { useT } from '@/admin/i18n';
import { Button, Field, FieldError, Input, toProblem, useDraft } from '@/admin/ui';

export function LoginForm({ email = '' }: { email?: string }) {
  const t = useT();
  const draft = useDraft({ email, password: '' });
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const empty = Object.entries(draft.value).filter(([, text]) => !text);
    if (empty.length > 0) {
      draft.refuse(Object.fromEntries(empty.map(([name]) => [name, t('form.required')])));
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      const { data } = await authToken({
        body: {
          grant_type: 'password',
          username: draft.value.email,
          password: draft.value.password,
        },
        throwOnError: true,
      });
      signIn(data);
    } catch (error) {
      const { status, title, detail } = toProblem(error);
      setProblem(status === 401 ? t('login.refused') : `${title}. ${detail}`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
      <Field label={t('login.email')} error={draft.error('email')}>
        <Input
          type="email"
          autoComplete="username"
          value={draft.value.email}
          onChange={(event) => draft.set({ email: event.target.value })}
        />
      </Field>
      <Field label={t('login.password')} error={draft.error('password')}>
        <Input
          type="password"
          autoComplete="current-password"
          value={draft.value.password}
          onChange={(event) => draft.set({ password: event.target.value })}
        />
      </Field>
      <FieldError message={problem} />
      <Button type="submit" look="primary" busy={busy} className="h-10! w-full">
        {t('login.submit')}
      </Button>
    </form>
  );
}
