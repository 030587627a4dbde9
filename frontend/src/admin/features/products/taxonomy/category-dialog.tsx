import {
  adminCategoriesChange,
  adminCategoriesCreate,
  adminCategoriesDelete,
  adminCategoriesShow,
} from '@/api/gen/sdk.gen';
import type { StaffCategory } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Checkbox, EditDialog, Field, ifMatch, Input, RichText, Select } from '@/admin/ui';
import { inTreeOrder } from '../catalog';

interface CategoryDialogProps {
  category: StaffCategory | undefined;
  all: readonly StaffCategory[];
  onClose: () => void;
  onChanged: () => Promise<unknown>;
}

interface CategoryDraft {
  name: string;
  slug: string;
  parent_id: string;
  description: string;
  is_active: boolean;
}

const valueOf = (category: StaffCategory | undefined): CategoryDraft => ({
  name: category?.name ?? '',
  slug: category?.slug ?? '',
  parent_id: category?.parent_id ?? '',
  description: category?.description ?? '',
  is_active: category?.is_active ?? true,
});

/** An address that is left out is made from the name. */
const bodyOf = ({ name, slug, parent_id, ...rest }: CategoryDraft) => ({
  ...rest,
  name: name.trim(),
  parent_id: parent_id || null,
  ...(slug.trim() && { slug: slug.trim() }),
});

/** A new one stands after those beside it, as whoever ordered them would expect. */
const placeAmong = (all: readonly StaffCategory[], parent: string | null) =>
  Math.max(-1, ...all.filter((each) => each.parent_id === parent).map((each) => each.position)) + 1;

/** Where a category may go: not below itself. */
function possibleParents(all: readonly StaffCategory[], category: StaffCategory | undefined) {
  const barred = new Set(category ? [category.id] : []);
  return inTreeOrder(all).filter((each) => {
    if (each.parent_id && barred.has(each.parent_id)) barred.add(each.id);
    return !barred.has(each.id);
  });
}

export function CategoryDialog({ category, all, onClose, onChanged }: CategoryDialogProps) {
  const t = useT();
  return (
    <EditDialog
      resource={category}
      name={category?.name ?? ''}
      title={category ? t('categories.edit', { name: category.name }) : t('categories.add')}
      valueOf={valueOf}
      check={(value) => ({ ...(!value.name.trim() && { name: t('form.required') }) })}
      bodyOf={bodyOf}
      create={(body, once) =>
        adminCategoriesCreate({
          body: { ...body, position: placeAmong(all, body.parent_id) },
          ...once,
          throwOnError: true,
        })
      }
      change={({ id, version }, body) =>
        adminCategoriesChange({
          path: { category_id: id },
          body,
          ...ifMatch(version),
          throwOnError: true,
        })
      }
      remove={{
        text: t('categories.delete_text'),
        send: ({ id, version }) =>
          adminCategoriesDelete({
            path: { category_id: id },
            ...ifMatch(version),
            throwOnError: true,
          }),
      }}
      reload={async ({ id }) =>
        (await adminCategoriesShow({ path: { id_or_slug: id }, throwOnError: true })).data
      }
      onClose={onClose}
      onChanged={onChanged}
    >
      {({ value, set, error }) => (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('categories.name')} error={error('name')}>
            <Input value={value.name} onChange={(event) => set({ name: event.target.value })} />
          </Field>
          <Field label={t('seo.slug')} hint={t('categories.slug_hint')} error={error('slug')}>
            <Input value={value.slug} onChange={(event) => set({ slug: event.target.value })} />
          </Field>
          <Field
            label={t('categories.parent')}
            error={error('parent_id')}
            className="sm:col-span-2"
          >
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
            <RichText value={value.description} onChange={(description) => set({ description })} />
          </Field>
          <Checkbox
            label={t('categories.active')}
            hint={t('categories.active_hint')}
            checked={value.is_active}
            onChange={(event) => set({ is_active: event.target.checked })}
            className="sm:col-span-2"
          />
        </div>
      )}
    </EditDialog>
  );
}
