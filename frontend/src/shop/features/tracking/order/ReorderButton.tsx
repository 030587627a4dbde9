import { useState } from 'react';
import type { OrderOut } from '@/api/gen';
import { useT } from '../../../i18n';
import { useAddToCart } from '../../cart';

/**
 * Puts all of an order into the cart again, one thing after the other. What is no longer sold is
 * told by name and does not keep the rest out.
 */
export function ReorderButton({ order }: { order: OrderOut }) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const { mutateAsync: add } = useAddToCart();
  const reorder = async () => {
    setBusy(true);
    for (const { variant_id: variantId, quantity, title } of order.lines) {
      // The cart says what it could not take; the next line gets its turn.
      await add({ variantId, quantity, title }).catch(() => undefined);
    }
    setBusy(false);
  };
  return (
    <button
      type="button"
      className="btn btn-ghost"
      aria-disabled={busy || undefined}
      onClick={() => {
        if (!busy) void reorder();
      }}
    >
      {t(busy ? 'order.reordering' : 'order.reorder')}
    </button>
  );
}
