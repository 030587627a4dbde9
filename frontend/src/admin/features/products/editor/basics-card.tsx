import { useT } from '@/admin/i18n';
import { Card, Field, Input, RichText } from '@/admin/ui';
import type { ProductEditing } from './product-editor';

export function BasicsCard({ editor }: { editor: ProductEditing }) {
  const t = useT();
  const { value, set, error } = editor;
  return (
    <Card>
      <div className="space-y-4">
        <Field label={t('products.field_title')} error={error('title')}>
          <Input
            value={value.title}
            maxLength={255}
            onChange={(event) => set({ title: event.target.value })}
          />
        </Field>
        <Field label={t('products.field_description')} error={error('description')}>
          <RichText
            value={value.description}
            placeholder={t('products.description_hint')}
            onChange={(description) => set({ description })}
          />
        </Field>
      </div>
    </Card>
  );
}
