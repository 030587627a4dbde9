import { useState } from 'react';
import { toast } from '@/admin/ui/toast';
import { adminInventoryAdjust } from '@/api/gen/sdk.gen';
import type { AdjustmentReason, StockAtLocation } from '@/api/gen/types.gen';
import { isProblem } from '@/api/problem';
import { useT } from '@/admin/i18n';
import { Button, Dialog, Field, FormErrors, Input, Select, useDraft, useOnce } from '@/admin/ui';

const REASONS = [
  'receive',
  'count',
  'damage',
  'return',
  'other',
] as const satisfies AdjustmentReason[];

/** The most that can be taken away now, when the API says that promised units would go. */
function lowest(error: unknown): number | undefined {
  if (!isProblem(error, 'below-reserved')) return undefined;
  const delta = error.members.lowest_delta;
  return typeof delta === 'number' ? delta : undefined;
}

interface AdjustDialogProps {
  sku: string;
  level: Pick<StockAtLocation, 'id' | 'name' | 'on_hand'>;
  onClose: () => void;
  onDone: () => unknown;
}

/** Moves stock by a number with a reason. The same change, sent twice, counts once. */
export function AdjustDialog({ sku, level, onClose, onDone }: AdjustDialogProps) {
  const t = useT();
  const draft = useDraft({ delta: '', reason: 'receive' as AdjustmentReason, note: '' });
  const once = useOnce();
  const [busy, setBusy] = useState(false);
  const { delta, reason, note } = draft.value;
  const change = Number(delta);
  const save = async () => {
    if (!/^[+-]?\d+$/.test(delta.trim()) || change === 0) {
      draft.refuse({ delta: t('inventory.not_a_change') });
      return;
    }
    const body = { location: level.id, delta: change, reason, note };
    setBusy(true);
    try {
      await adminInventoryAdjust({ path: { sku }, body, ...once(body), throwOnError: true });
      toast.success(t('inventory.adjusted', { sku }));
      await onDone();
      onClose();
    } catch (error) {
      const most = lowest(error);
      if (most === undefined) draft.refuseBy(error);
      else draft.refuse({ delta: t('inventory.promised', { lowest: most }) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      size="small"
      title={t('inventory.adjust_title', { sku, location: level.name })}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" busy={busy} onClick={() => void save()}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <FormErrors title={t('form.not_saved')} messages={draft.messages} />
      <div className="space-y-4">
        <Field
          label={t('inventory.delta')}
          error={draft.error('delta')}
          hint={t('inventory.becomes', {
            from: level.on_hand,
            to: level.on_hand + (Number.isFinite(change) ? change : 0),
          })}
        >
          <Input
            inputMode="numeric"
            placeholder="+10"
            value={delta}
            onChange={(event) => draft.set({ delta: event.target.value })}
          />
        </Field>
        <Field label={t('inventory.reason')}>
          <Select
            value={reason}
            onChange={(event) => draft.set({ reason: event.target.value as AdjustmentReason })}
            choices={REASONS.map((value) => ({ value, label: t(`inventory.reason_${value}`) }))}
          />
        </Field>
        <Field label={t('inventory.note')} error={draft.error('note')}>
          <Input value={note} onChange={(event) => draft.set({ note: event.target.value })} />
        </Field>
      </div>
    </Dialog>
  );
}
