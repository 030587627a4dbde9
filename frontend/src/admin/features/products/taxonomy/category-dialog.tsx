import { useState } from 'react';
import { adminCategoriesChange, adminCategoriesCreate } from '@/api/gen/sdk.gen';
import type { StaffCategory } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import {
  Button,
  Checkbox,
  Dialog,
  Field,
  FormErrors,
  idempotent,
  ifMatch,
  Input,
  Select,
  Textarea,
  useDraft,
} from '@/admin/ui';
import { inTreeOrder } from '../catalog';

interface CategoryDialogProps {
  category: StaffCategory | undefined;
  all: readonly StaffCategory[];
  onClose: () => void;
  onSaved: () => Promise<unknown>;
}

/** Where a category may go: not below itself. */
function possibleParents(all: readonly StaffCategory[], category: StaffCategory | undefined) {
  const barred = new Set(category ? [category.id] : []);
  return inTreeOrder(all).filter((each) => {
    if (each.parent_id && barred.has(each.parent_id)) barred.add(each.id);
    return !barred.has(each.id);
  });
}

export function CategoryDialog({ category, all, onClose, onSaved }: CategoryDialogProps) {
  const t = useT();
  const draft = useDraft({
    name: category?.name ?? '',
    slug: category?.slug ?? '',
    parent_id: category?.parent_id ?? '',
    description: category?.description ?? '',
    is_active: category?.is_active ?? true,
  });
  const [once] = useState(idempotent);
  const [busy, setBusy] = useState(false);
  const { value, set, error } = draft;
  const save = async () => {
    if (!value.name.trim()) {
      draft.refuse({ name: t('form.required') });
      return;
    }
    const { slug, parent_id, ...rest } = value;
    const body = { ...rest, parent_id: parent_id || null, ...(slug && { slug }) };
    setBusy(true);
    try {
      if (category) {
        await adminCategoriesChange({
          path: { category_id: category.id },
          body,
          ...ifMatch(category.version),
          throwOnError: true,
        });
      } else await adminCategoriesCreate({ body, ...once, throwOnError: true });
      await onSaved();
      onClose();
    } catch (thrown) {
      draft.refuseBy(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={category ? t('categories.edit', { name: category.name }) : t('categories.add')}
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
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('categories.name')} error={error('name')}>
          <Input value={value.name} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <Field label={t('seo.slug')} hint={t('categories.slug_hint')} error={error('slug')}>
          <Input value={value.slug} onChange={(event) => set({ slug: event.target.value })} />
        </Field>
        <Field label={t('categories.parent')} error={error('parent_id')} className="sm:col-span-2">
          <Select
            value={value.parent_id}
            empty={t('categories.top')}
            onChange={(event) => set({ parent_id: event.target.value })}
            choices={possibleParents(all, category).map(({ id, name, depth }) => ({
              value: id,
              label: `${'\u2003'.repeat(depth)}${name}`,
            }))}
          />
        </Field>
        <Field
          label={t('products.field_description')}
          error={error('description')}
          className="sm:col-span-2"
        >
          <Textarea
            rows={4}
            value={value.description}
            onChange={(event) => set({ description: event.target.value })}
          />
        </Field>
        <Checkbox
          label={t('categories.active')}
          hint={t('categories.active_hint')}
          checked={value.is_active}
          onChange={(event) => set({ is_active: event.target.checked })}
          className="sm:col-span-2"
        />
      </div>
    </Dialog>
  );
}
