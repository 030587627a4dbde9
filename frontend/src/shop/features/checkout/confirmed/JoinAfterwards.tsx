import * as z from 'zod/mini';
import { checkoutClaim, type OrderOut } from '@/api/gen';
import { toast } from '@/shared/ui';
import { FormProblem, newPassword, PasswordField, SubmitButton, useZodForm } from '../../../forms';
import { useT } from '../../../i18n';
import { join } from '../../account';

const schema = z.object({ password: newPassword });

/** An account afterwards, with this order in it: all that is missing for it is a password. */
export function JoinAfterwards({ order }: { order: OrderOut }) {
  const t = useT();
  const form = useZodForm(schema, { password: '' });
  const busy = form.formState.isSubmitting;
  const send = form.send(async ({ password }) => {
    await join({ email: order.email, name: order.shipping_address.name, password });
    try {
      await checkoutClaim({ path: { order_id: order.id }, throwOnError: true });
      toast(t('confirmed.joined'));
    } catch {
      toast(t('order.claimFailed'), { tone: 'problem' });
    }
  });
  return (
    <section className="no-print mt-12 max-w-xl rounded-tile border border-line bg-surface p-6">
      <h2 className="text-lg font-semibold">{t('confirmed.join')}</h2>
      <p className="mt-1 text-muted">{t('confirmed.joinText', { email: order.email })}</p>
      <form noValidate onSubmit={send} className="mt-4 flex flex-col gap-4">
        <input
          type="email"
          name="username"
          autoComplete="username"
          value={order.email}
          readOnly
          hidden
        />
        <PasswordField
          label={t('field.password')}
          autoComplete="new-password"
          hint={t('register.passwordHint')}
          error={form.wrong('password')}
          {...form.register('password')}
        />
        <FormProblem text={form.problem} />
        <SubmitButton busy={busy}>
          {t(busy ? 'register.busy' : 'confirmed.joinAction')}
        </SubmitButton>
      </form>
    </section>
  );
}
