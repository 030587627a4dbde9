import { useState } from 'react';
import { ordersPay, type OrderOut } from '@/api/gen';
import { asProblem } from '@/api/problem';
import { FormProblem, wordsFor } from '../../../forms';
import { useShopLanguage } from '../../../i18n';
import { useRefreshOrder } from './useOrder';

/** Goes to the payment provider's page, which leads back to this one. */
export function PayElsewhere({ order }: { order: OrderOut }) {
  const { t, money } = useShopLanguage();
  const refresh = useRefreshOrder(order.id);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const go = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const here = location.origin + location.pathname;
      const { data } = await ordersPay({
        path: { order_id: order.id },
        body: { mode: 'checkout', success_url: `${here}?paid=1`, cancel_url: here },
        headers: { 'Idempotency-Key': crypto.randomUUID() },
        throwOnError: true,
      });
      if (data.url) location.assign(data.url);
      else void refresh();
    } catch (thrown) {
      setProblem(wordsFor(asProblem(thrown), t));
      void refresh();
    }
    setBusy(false);
  };
  return (
    <>
      <button
        type="button"
        className="btn btn-primary mt-4 mb-2"
        aria-disabled={busy || undefined}
        onClick={() => {
          if (!busy) void go();
        }}
      >
        {t(busy ? 'pay.busy' : 'pay.action', { amount: money(order.totals.grand_total) })}
      </button>
      <FormProblem text={problem} />
    </>
  );
}
