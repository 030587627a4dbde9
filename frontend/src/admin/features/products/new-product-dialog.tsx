import { useState } from 'react';
import { useNavigate } from 'react-router';
import { adminProductsCreate } from '@/api/gen/sdk.gen';
import { useT } from '@/admin/i18n';
import { useStore } from '@/admin/app/use-store';
import { Button, Dialog, Field, FormErrors, idempotent, Input, useDraft } from '@/admin/ui';
import { minorUnits } from '@/admin/ui/format';

/** A product begins with its name and price, as a draft; the rest is done in the editor. */
export function NewProductDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT();
  const store = useStore();
  const navigate = useNavigate();
  const draft = useDraft({ title: '', price: '', sku: '' });
  const [once] = useState(idempotent);
  const [busy, setBusy] = useState(false);
  const currency = store?.default_currency ?? '';
  const create = async () => {
    const { title, price, sku } = draft.value;
    const amount = price.trim() ? minorUnits(price, currency) : undefined;
    const wrong = {
      ...(!title.trim() && { title: t('form.required') }),
      ...(amount === null && { price: t('products.not_an_amount') }),
    };
    if (Object.keys(wrong).length > 0) {
      draft.refuse(wrong);
      return;
    }
    setBusy(true);
    try {
      const { data } = await adminProductsCreate({
        body: {
          title: title.trim(),
          variants: [
            {
              ...(sku.trim() && { sku: sku.trim() }),
              prices: typeof amount === 'number' ? [{ currency, amount }] : [],
            },
          ],
        },
        ...once,
        throwOnError: true,
      });
      onClose();
      void navigate(`/products/${data.id}`);
    } catch (error) {
      draft.refuseBy(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      size="small"
      title={t('products.add')}
      description={t('products.add_hint')}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" busy={busy} onClick={() => void create()}>
            {t('products.create')}
          </Button>
        </>
      }
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <FormErrors title={t('form.not_saved')} messages={draft.messages} />
        <Field label={t('products.field_title')} error={draft.error('title')}>
          <Input
            value={draft.value.title}
            maxLength={255}
            onChange={(event) => draft.set({ title: event.target.value })}
          />
        </Field>
        <Field label={t('variants.price', { currency })} error={draft.error('price')}>
          <Input
            inputMode="decimal"
            value={draft.value.price}
            onChange={(event) => draft.set({ price: event.target.value })}
          />
        </Field>
        <Field label={t('variants.sku')} hint={t('variants.sku_hint')} error={draft.error('sku')}>
          <Input
            value={draft.value.sku}
            onChange={(event) => draft.set({ sku: event.target.value })}
          />
        </Field>
        <button type="submit" className="sr-only" tabIndex={-1}>
          {t('products.create')}
        </button>
      </form>
    </Dialog>
  );
}
