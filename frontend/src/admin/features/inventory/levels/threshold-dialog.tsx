import { adminInventoryChange } from '@/api/gen/sdk.gen';
import type { StockAtLocation } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Field, FormDialog, Input, toastUndo, useDraft, useSubmit } from '@/admin/ui';

interface ThresholdDialogProps {
  sku: string;
  level: StockAtLocation;
  onClose: () => void;
  onDone: () => unknown;
}

/** When to warn that a SKU runs low at a location; empty: never. */
export function ThresholdDialog({ sku, level, onClose, onDone }: ThresholdDialogProps) {
  const t = useT();
  const draft = useDraft({ low_stock_threshold: level.low_stock_threshold?.toString() ?? '' });
  const { busy, submit } = useSubmit(draft, ({ low_stock_threshold }): Record<string, string> =>
    /^\d{0,6}$/.test(low_stock_threshold.trim())
      ? {}
      : { low_stock_threshold: t('inventory.not_a_threshold') },
  );
  const change = async (low_stock_threshold: number | null) => {
    await adminInventoryChange({
      path: { sku },
      body: { location: level.id, low_stock_threshold },
      throwOnError: true,
    });
    await onDone();
  };
  const save = async () => {
    const text = draft.value.low_stock_threshold.trim();
    const { low_stock_threshold: before } = level;
    await change(text ? Number(text) : null);
    toastUndo(t('form.saved'), () => change(before));
    onClose();
  };
  return (
    <FormDialog
      draft={draft}
      busy={busy}
      size="small"
      title={t('inventory.threshold_title', { sku, location: level.name })}
      onSubmit={() => void submit(save)}
      onClose={onClose}
    >
      <Field
        label={t('inventory.threshold')}
        hint={t('inventory.threshold_hint')}
        error={draft.error('low_stock_threshold')}
      >
        <Input
          inputMode="numeric"
          value={draft.value.low_stock_threshold}
          onChange={(event) => draft.set({ low_stock_threshold: event.target.value })}
        />
      </Field>
    </FormDialog>
  );
}
