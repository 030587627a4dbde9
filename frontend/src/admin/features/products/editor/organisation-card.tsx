import { useId } from 'react';
import type { ProductStatus } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Card, Field, Input, PickMany, Select, TagInput } from '@/admin/ui';
import { useBrandChoices, useCategoryChoices } from '../catalog';
import { STATUSES } from '../status';
import type { ProductEditing } from './product-editor';

export function OrganisationCard({ editor }: { editor: ProductEditing }) {
  const t = useT();
  const brands = useId();
  const { value, set, error } = editor;
  return (
    <Card title={t('products.organisation')}>
      <div className="space-y-4">
        <Field label={t('products.column_status')} hint={t(`products.status_hint_${value.status}`)}>
          <Select
            value={value.status}
            onChange={(event) => set({ status: event.target.value as ProductStatus })}
            choices={STATUSES.map((status) => ({
              value: status,
              label: t(`products.status_${status}`),
            }))}
          />
        </Field>
        <Field label={t('products.field_categories')} error={error('category_ids')}>
          <PickMany
            choices={useCategoryChoices()}
            values={value.category_ids}
            placeholder={t('products.pick_categories')}
            onChange={(category_ids) => set({ category_ids })}
          />
        </Field>
        <Field
          label={t('products.column_brand')}
          hint={t('products.brand_hint')}
          error={error('brand')}
        >
          <Input
            list={brands}
            value={value.brand}
            maxLength={255}
            onChange={(event) => set({ brand: event.target.value })}
          />
        </Field>
        <datalist id={brands}>
          {useBrandChoices().map(({ value: id, label }) => (
            <option key={id}>{label}</option>
          ))}
        </datalist>
        <Field label={t('products.field_tags')} error={error('tags')}>
          <TagInput values={value.tags} onChange={(tags) => set({ tags })} />
        </Field>
      </div>
    </Card>
  );
}
