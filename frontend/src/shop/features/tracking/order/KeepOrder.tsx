import { useState } from 'react';
import { useNavigate } from 'react-router';
import { checkoutClaim, type OrderOut } from '@/api/gen';
import { asProblem } from '@/api/problem';
import { toast } from '@/shared/ui';
import { wordsFor } from '../../../forms';
import { useT } from '../../../i18n';
import { useKeepOrder } from './useOrder';

/** For who bought as a guest and has an account after all: puts the order among its orders. */
export function KeepOrder({ order }: { order: OrderOut }) {
  const t = useT();
  const navigate = useNavigate();
  const keep = useKeepOrder();
  const [busy, setBusy] = useState(false);
  const claim = async () => {
    setBusy(true);
    try {
      const { data } = await checkoutClaim({ path: { order_id: order.id }, throwOnError: true });
      keep(data);
      toast(t('order.claimed', { number: order.number }));
      void navigate(`/account/orders/${order.id}`);
    } catch (thrown) {
      setBusy(false);
      toast(wordsFor(asProblem(thrown), t), { tone: 'problem' });
    }
  };
  return (
    <button
      type="button"
      className="no-print btn btn-ghost mt-4"
      aria-disabled={busy || undefined}
      onClick={() => {
        if (!busy) void claim();
      }}
    >
      {t('order.claim')}
    </button>
  );
}
