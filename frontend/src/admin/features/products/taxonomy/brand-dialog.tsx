import { useState } from 'react';
import { adminBrandsChange, adminBrandsCreate, adminBrandsDelete } from '@/api/gen/sdk.gen';
import type { StaffBrand } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import {
  Button,
  ConfirmDialog,
  Dialog,
  Field,
  FormErrors,
  idempotent,
  ifMatch,
  Input,
  Textarea,
  toastProblem,
  useDraft,
} from '@/admin/ui';

interface BrandDialogProps {
  brand: StaffBrand | undefined;
  onClose: () => void;
  onChanged: () => Promise<unknown>;
}

export function BrandDialog({ brand, onClose, onChanged }: BrandDialogProps) {
  const t = useT();
  const draft = useDraft({
    name: brand?.name ?? '',
    slug: brand?.slug ?? '',
    description: brand?.description ?? '',
  });
  const [once] = useState(idempotent);
  const [busy, setBusy] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const { value, set, error } = draft;
  const save = async () => {
    if (!value.name.trim()) {
      draft.refuse({ name: t('form.required') });
      return;
    }
    const { slug, ...rest } = value;
    const body = { ...rest, ...(slug && { slug }) };
    setBusy(true);
    try {
      if (brand) {
        await adminBrandsChange({
          path: { brand_id: brand.id },
          body,
          ...ifMatch(brand.version),
          throwOnError: true,
        });
      } else await adminBrandsCreate({ body, ...once, throwOnError: true });
      await onChanged();
      onClose();
    } catch (thrown) {
      draft.refuseBy(thrown);
    } finally {
      setBusy(false);
    }
  };
  const remove = async () => {
    if (!brand) return;
    try {
      await adminBrandsDelete({
        path: { brand_id: brand.id },
        ...ifMatch(brand.version),
        throwOnError: true,
      });
    } catch (thrown) {
      toastProblem(thrown);
      throw thrown;
    }
    await onChanged();
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={brand ? t('categories.edit', { name: brand.name }) : t('brands.add')}
      actions={
        <>
          {brand && (
            <Button className="mr-auto text-danger" onClick={() => setDeleting(true)}>
              {t('action.delete')}
            </Button>
          )}
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" busy={busy} onClick={() => void save()}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <FormErrors title={t('form.not_saved')} messages={draft.messages} />
      <div className="space-y-4">
        <Field label={t('categories.name')} error={error('name')}>
          <Input value={value.name} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <Field label={t('seo.slug')} hint={t('categories.slug_hint')} error={error('slug')}>
          <Input value={value.slug} onChange={(event) => set({ slug: event.target.value })} />
        </Field>
        <Field label={t('products.field_description')} error={error('description')}>
          <Textarea
            rows={4}
            value={value.description}
            onChange={(event) => set({ description: event.target.value })}
          />
        </Field>
      </div>
      <ConfirmDialog
        open={deleting}
        title={t('categories.delete', { name: brand?.name ?? '' })}
        confirm={t('action.delete')}
        danger
        onConfirm={remove}
        onClose={() => setDeleting(false)}
      >
        {t('brands.delete_text')}
      </ConfirmDialog>
    </Dialog>
  );
}
