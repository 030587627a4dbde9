import { ordersPay, paymentsConfirm, type OrderOut } from '@/api/gen';
import { orderHeaders } from '@/shared/orderTokens';
import { isProblem } from '@/api/problem';
import { announce } from '@/shared/ui';
import * as z from 'zod/mini';
import { CARD_NUMBER, CardFields, FormProblem, SubmitButton, useZodForm } from '../../../forms';
import { useShopLanguage } from '../../../i18n';
import { useRefreshOrder } from './useOrder';

const schema = z.object({
  card_number: z.string().check(z.trim(), z.regex(CARD_NUMBER, 'pay.cardWrong')),
});

/** Pays by one of the documented test cards; real ones never come here. */
export function CardForm({ order, onDone }: { order: OrderOut; onDone: () => void }) {
  const { t, money } = useShopLanguage();
  const refresh = useRefreshOrder(order.id);
  const form = useZodForm(schema, { card_number: '' });
  const busy = form.formState.isSubmitting;
  const send = form.send(async (body) => {
    try {
      const status = await pay(order.id, body);
      if (status === 'failed') {
        form.setError('card_number', { message: 'pay.declined' }, { shouldFocus: true });
      } else {
        announce(t('pay.done', { number: order.number }));
        onDone();
      }
    } catch (thrown) {
      if (!isProblem(thrown, 'already-paid')) throw thrown;
      onDone();
    } finally {
      void refresh();
    }
  });
  return (
    <form noValidate className="flex flex-col gap-5 p-6 sm:p-8" onSubmit={send}>
      <h2 className="font-display text-h2">{t('pay.title')}</h2>
      <CardFields form={form} />
      <FormProblem text={form.problem} />
      <SubmitButton busy={busy} className="w-full">
        {t(busy ? 'pay.busy' : 'pay.action', { amount: money(order.totals.grand_total) })}
      </SubmitButton>
      <button type="button" className="btn btn-ghost" onClick={onDone}>
        {t('action.cancel')}
      </button>
    </form>
  );
}

async function pay(orderId: string, body: { card_number: string }): Promise<string> {
  const headers = orderHeaders(orderId);
  const { data: session } = await ordersPay({
    path: { order_id: orderId },
    body: { mode: 'intent' },
    headers: { ...headers, 'Idempotency-Key': crypto.randomUUID() },
    throwOnError: true,
  });
  const { data: confirmed } = await paymentsConfirm({
    path: { payment_id: session.id },
    body,
    headers: { ...headers, 'Idempotency-Key': crypto.randomUUID() },
    throwOnError: true,
  });
  return confirmed.status;
}
