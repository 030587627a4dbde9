import { useNavigate } from 'react-router';
import { useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { checkoutLookup } from '@/api/gen';
import { checkoutGetQueryKey } from '@/api/gen/@tanstack/react-query.gen';
import { rememberOrder } from '@/shared/orderTokens';
import { TextField } from '@/shared/ui';
import { email, FormProblem, required, SubmitButton, useZodForm } from '../../forms';
import { useT } from '../../i18n';
import { useTitle } from '../../layout/useTitle';

const schema = z.object({ number: required, email });

/** A guest finds an order by its number and e-mail address. */
export default function TrackPage() {
  const t = useT();
  useTitle(t('track.title'));
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useZodForm(schema, { number: '', email: '' });
  const busy = form.formState.isSubmitting;
  const send = form.send(async (body) => {
    const { data } = await checkoutLookup({ body, throwOnError: true });
    const { order, order_token: token } = data;
    rememberOrder(order.id, token);
    queries.setQueryData(checkoutGetQueryKey({ path: { order_id: order.id } }), order);
    await navigate(`/orders/${order.id}`);
  });
  return (
    <div className="wrap flex flex-col items-center py-12 sm:py-20">
      <div className="w-full max-w-md">
        <h1 className="font-display text-h1">{t('track.title')}</h1>
        <p className="mt-3 text-muted">{t('track.text')}</p>
        <form noValidate className="mt-8 flex flex-col gap-5" onSubmit={send}>
          <TextField
            label={t('track.number')}
            hint={t('track.numberHint')}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            error={form.wrong('number')}
            {...form.register('number')}
          />
          <TextField
            label={t('field.email')}
            type="email"
            autoComplete="email"
            error={form.wrong('email')}
            {...form.register('email')}
          />
          <FormProblem text={form.problem} />
          <SubmitButton busy={busy} className="w-full">
            {t(busy ? 'track.busy' : 'track.action')}
          </SubmitButton>
        </form>
      </div>
    </div>
  );
}
