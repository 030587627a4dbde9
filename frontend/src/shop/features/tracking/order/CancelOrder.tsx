import { useState } from 'react';
import { checkoutCancel, type OrderOut } from '@/api/gen';
import { asProblem } from '@/api/problem';
import { announce, Dialog, toast } from '@/shared/ui';
import { FormProblem, wordsFor } from '../../../forms';
import { useT } from '../../../i18n';
import { useKeepOrder, useRefreshOrder } from './useOrder';

/** Calls an order off, after asking once. What was paid goes back. */
export function CancelOrder({ order }: { order: OrderOut }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="btn btn-ghost" onClick={() => setOpen(true)}>
        {t('order.cancel')}
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} label={t('order.cancel')} side="modal">
        <Question order={order} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function Question({ order, onDone }: { order: OrderOut; onDone: () => void }) {
  const t = useT();
  const keep = useKeepOrder();
  const refresh = useRefreshOrder(order.id);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const cancel = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const path = { order_id: order.id };
      const { data } = await checkoutCancel({ path, body: {}, throwOnError: true });
      keep(data);
      announce(t('order.cancelled', { number: order.number }));
      onDone();
    } catch (thrown) {
      const refusal = asProblem(thrown);
      setBusy(false);
      if (refusal.status !== 409) return setProblem(wordsFor(refusal, t));
      // The order is no longer what is shown here, and with the offer this dialog goes away.
      toast(wordsFor(refusal, t), { tone: 'problem' });
      onDone();
      await refresh();
    }
  };
  return (
    <div className="p-6 sm:p-8">
      <h2 className="font-display text-h2">{t('order.cancelTitle', { number: order.number })}</h2>
      <p className="mt-3 text-muted">
        {t(order.payment_status === 'paid' ? 'order.cancelPaid' : 'order.cancelUnpaid')}
      </p>
      <div className="mt-4">
        <FormProblem text={problem} />
      </div>
      <div className="mt-6 flex flex-col gap-3 sm:flex-row-reverse">
        <button
          type="button"
          className="btn btn-danger"
          aria-disabled={busy || undefined}
          onClick={() => {
            if (!busy) void cancel();
          }}
        >
          {t('order.cancel')}
        </button>
        <button type="button" className="btn btn-ghost" onClick={onDone}>
          {t('order.keep')}
        </button>
      </div>
    </div>
  );
}
