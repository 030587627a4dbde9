import { useEffect } from 'react';
import * as z from 'zod/mini';
import type { CartOut } from '@/api/gen';
import type { Problem } from '@/api/problem';
import { useSession } from '@/shared/session';
import { TextField } from '@/shared/ui';
import { Link } from '@/shop/Link';
import { email, FormProblem, SubmitButton, useZodForm } from '../../../forms';
import { useT } from '../../../i18n';
import { useChangeCart } from './useChangeCart';

const schema = z.object({ email });

interface Props {
  cart: CartOut;
  /** Why the purchase was refused, if this step is to blame. */
  refused: Problem | undefined;
  onDone: () => void;
}

/** Where news of the order goes. No account is asked for. */
export function ContactStep({ cart, refused, onDone }: Props) {
  const t = useT();
  const { status, user } = useSession();
  const change = useChangeCart();
  const form = useZodForm(schema, { email: cart.email ?? user?.email ?? '' });
  const busy = form.formState.isSubmitting;
  const send = form.send(async (values) => {
    if (values.email !== cart.email) await change(values);
    onDone();
  });
  const { setError } = form;
  useEffect(() => {
    const fault = refused?.errors.find(({ pointer }) => pointer === '/email');
    if (fault) setError('email', { type: 'server', message: 'form.email' }, { shouldFocus: true });
  }, [refused, setError]);
  return (
    <form noValidate onSubmit={send} className="flex flex-col gap-4">
      <TextField
        label={t('field.email')}
        type="email"
        inputMode="email"
        autoComplete="email"
        hint={t('checkout.emailHint')}
        error={form.wrong('email')}
        {...form.register('email')}
      />
      <FormProblem text={form.problem} />
      <SubmitButton busy={busy}>{t('checkout.toDelivery')}</SubmitButton>
      {status === 'guest' && (
        <p className="text-sm text-muted">
          {t('checkout.known')}{' '}
          <Link className="link text-ink" to="/login?next=%2Fcheckout">
            {t('checkout.signIn')}
          </Link>
        </p>
      )}
    </form>
  );
}
