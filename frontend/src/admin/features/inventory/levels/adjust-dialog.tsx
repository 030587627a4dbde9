import { toast } from '@/admin/ui/toast';
import { adminInventoryAdjust } from '@/api/gen/sdk.gen';
import type { AdjustmentReason, StockAtLocation } from '@/api/gen/types.gen';
import { isProblem } from '@/api/problem';
import { useT } from '@/admin/i18n';
import { Field, FormDialog, Input, Select, useDraft, useOnce, useSubmit } from '@/admin/ui';

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
  const { busy, submit } = useSubmit(draft, (value): Record<string, string> =>
    /^[+-]?\d+$/.test(value.delta.trim()) && Number(value.delta) !== 0
      ? {}
      : { delta: t('inventory.not_a_change') },
  );
  const { delta, reason, note } = draft.value;
  const change = Number(delta);
  const save = async () => {
    const body = { location: level.id, delta: change, reason, note };
    await adminInventoryAdjust({ path: { sku }, body, ...once(body), throwOnError: true });
    toast.success(t('inventory.adjusted', { sku }));
    await onDone();
    onClose();
  };
  const promised = (refusal: unknown) => {
    const most = lowest(refusal);
    if (most !== undefined) draft.refuse({ delta: t('inventory.promised', { lowest: most }) });
    return most !== undefined;
  };
  return (
    <FormDialog
      draft={draft}
      busy={busy}
      size="small"
      title={t('inventory.adjust_title', { sku, location: level.name })}
      onSubmit={() => void submit(save, promised)}
      onClose={onClose}
    >
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
    </FormDialog>
  );
}
