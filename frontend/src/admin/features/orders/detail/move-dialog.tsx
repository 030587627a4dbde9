import { useState } from 'react';
import { toast } from '@/admin/ui/toast';
import { adminOrdersSetStatus } from '@/api/gen/sdk.gen';
import type { OrderOut } from '@/api/gen/types.gen';
import { isProblem } from '@/api/problem';
import { useT } from '@/admin/i18n';
import {
  Button,
  Dialog,
  Field,
  idempotent,
  ifMatch,
  isStale,
  Textarea,
  toastProblem,
} from '@/admin/ui';
import { legalMoves } from '../moves';
import type { Move } from '../moves';
import { orderStatus } from '../status';

interface MoveDialogProps {
  order: OrderOut;
  to: Move;
  onMoved: (order: OrderOut) => void;
  /** Read the order again; its answer is shown behind the dialog too. */
  reload: () => Promise<OrderOut>;
  onClose: () => void;
}

/**
 * Asks before an order is moved along, and for a note. When somebody else was faster it says where
 * the order is now, and offers only what is still possible.
 */
export function MoveDialog({ order, to, onMoved, reload, onClose }: MoveDialogProps) {
  const t = useT();
  const [note, setNote] = useState('');
  const [overtaken, setOvertaken] = useState(false);
  const [busy, setBusy] = useState(false);
  const possible = legalMoves(order).includes(to);

  const move = async () => {
    setBusy(true);
    try {
      const { data } = await adminOrdersSetStatus({
        path: { order_id: order.id },
        body: { status: to, note: note.trim() || null },
        headers: { ...ifMatch(order.version).headers, ...idempotent().headers },
        throwOnError: true,
      });
      onMoved(data);
      toast.success(t(`orders.moved_${to}`, { number: order.number }));
      onClose();
    } catch (error) {
      if (isStale(error) || isProblem(error, 'illegal-transition')) {
        await reload().catch(toastProblem);
        setOvertaken(true);
      } else toastProblem(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      onClose={onClose}
      size="small"
      title={t(`orders.move_${to}_title`, { number: order.number })}
      description={to === 'cancelled' ? t(cancelHint(order)) : undefined}
      actions={
        <>
          <Button onClick={onClose}>{t(possible ? 'action.cancel' : 'action.close')}</Button>
          {possible && (
            <Button
              look={to === 'cancelled' ? 'danger' : 'primary'}
              busy={busy}
              onClick={() => void move()}
            >
              {t(`orders.move_${to}`)}
            </Button>
          )}
        </>
      }
    >
      {overtaken && (
        <p role="alert" className="mb-4 rounded-xl bg-warn-tint px-3.5 py-2.5 text-warn">
          {t(possible ? 'orders.changed_meanwhile' : 'orders.no_longer', {
            status: orderStatus(order.status),
          })}
        </p>
      )}
      {possible && (
        <div className="space-y-4">
          <Field label={t('orders.move_note')} hint={t('orders.move_note_hint')}>
            <Textarea
              rows={3}
              maxLength={2000}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </Field>
        </div>
      )}
    </Dialog>
  );
}

const cancelHint = (order: OrderOut) =>
  order.payment_status === 'pending' ? 'orders.cancel_unpaid_hint' : 'orders.cancel_paid_hint';
