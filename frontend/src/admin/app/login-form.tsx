import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { authToken } from '@/api/gen/sdk.gen';
import { signIn } from '@/shared/session';
import { useT } from '@/admin/i18n';
import { Button, Field, FieldError, Input, toProblem } from '@/admin/ui';

interface Credentials {
  email: string;
  password: string;
}

export function LoginForm({ email = '' }: { email?: string }) {
  const t = useT();
  const form = useForm<Credentials>({ defaultValues: { email, password: '' } });
  const [problem, setProblem] = useState<string>();
  const submit = form.handleSubmit(async (sent) => {
    setProblem(undefined);
    try {
      const { data } = await authToken({
        body: { grant_type: 'password', username: sent.email, password: sent.password },
        throwOnError: true,
      });
      signIn(data);
    } catch (error) {
      const { status, title, detail } = toProblem(error);
      setProblem(status === 401 ? t('login.refused') : `${title}. ${detail}`);
      form.setFocus('password');
    }
  });
  const { errors, isSubmitting } = form.formState;
  const required = t('form.required');
  return (
    <form onSubmit={submit} noValidate className="space-y-4">
      <Field label={t('login.email')} {...(errors.email && { error: required })}>
        <Input type="email" autoComplete="username" {...form.register('email', { required })} />
      </Field>
      <Field label={t('login.password')} {...(errors.password && { error: required })}>
        <Input
          type="password"
          autoComplete="current-password"
          {...form.register('password', { required })}
        />
      </Field>
      <FieldError message={problem} />
      <Button type="submit" look="primary" busy={isSubmitting} className="h-10 w-full">
        {t('login.submit')}
      </Button>
    </form>
  );
}
