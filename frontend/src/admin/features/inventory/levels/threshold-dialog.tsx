import { useState } from 'react';
import { toast } from '@/admin/ui/toast';
import { adminInventoryChange } from '@/api/gen/sdk.gen';
import type { StockAtLocation } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Button, Dialog, Field, FormErrors, Input, useDraft } from '@/admin/ui';

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
  const [busy, setBusy] = useState(false);
  const text = draft.value.low_stock_threshold.trim();
  const save = async () => {
    if (!/^\d{0,6}$/.test(text)) {
      draft.refuse({ low_stock_threshold: t('inventory.not_a_threshold') });
      return;
    }
    setBusy(true);
    try {
      await adminInventoryChange({
        path: { sku },
        body: { location: level.id, low_stock_threshold: text ? Number(text) : null },
        throwOnError: true,
      });
      toast.success(t('form.saved'));
      await onDone();
      onClose();
    } catch (error) {
      draft.refuseBy(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      size="small"
      title={t('inventory.threshold_title', { sku, location: level.name })}
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
      <Field
        label={t('inventory.threshold')}
        hint={t('inventory.threshold_hint')}
        error={draft.error('low_stock_threshold')}
      >
        <Input
          inputMode="numeric"
          value={draft.value.low_stock_threshold}
          onChange={(event) => draft.set({ low_stock_threshold: event.target.value })}
          onKeyDown={(event) => event.key === 'Enter' && void save()}
        />
      </Field>
    </Dialog>
  );
}
