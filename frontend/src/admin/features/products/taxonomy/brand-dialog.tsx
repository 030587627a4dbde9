import {
  adminBrandsChange,
  adminBrandsCreate,
  adminBrandsDelete,
  adminBrandsShow,
} from '@/api/gen/sdk.gen';
import type { StaffBrand } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { EditDialog, Field, ifMatch, Input, RichText } from '@/admin/ui';

interface BrandDialogProps {
  brand: StaffBrand | undefined;
  onClose: () => void;
  onChanged: () => Promise<unknown>;
}

interface BrandDraft {
  name: string;
  slug: string;
  description: string;
}

const valueOf = (brand: StaffBrand | undefined): BrandDraft => ({
  name: brand?.name ?? '',
  slug: brand?.slug ?? '',
  description: brand?.description ?? '',
});

/** An address that is left out is made from the name. */
const bodyOf = ({ name, slug, description }: BrandDraft) => ({
  name: name.trim(),
  description,
  ...(slug.trim() && { slug: slug.trim() }),
});

export function BrandDialog({ brand, onClose, onChanged }: BrandDialogProps) {
  const t = useT();
  return (
    <EditDialog
      resource={brand}
      name={brand?.name ?? ''}
      title={brand ? t('categories.edit', { name: brand.name }) : t('brands.add')}
      valueOf={valueOf}
      check={(value) => ({ ...(!value.name.trim() && { name: t('form.required') }) })}
      bodyOf={bodyOf}
      create={(body, once) => adminBrandsCreate({ body, ...once, throwOnError: true })}
      change={({ id, version }, body) =>
        adminBrandsChange({ path: { brand_id: id }, body, ...ifMatch(version), throwOnError: true })
      }
      remove={{
        text: t('brands.delete_text'),
        send: ({ id, version }) =>
          adminBrandsDelete({ path: { brand_id: id }, ...ifMatch(version), throwOnError: true }),
      }}
      reload={async ({ id }) =>
        (await adminBrandsShow({ path: { id_or_slug: id }, throwOnError: true })).data
      }
      onClose={onClose}
      onChanged={onChanged}
    >
      {({ value, set, error }) => (
        <>
          <Field label={t('categories.name')} error={error('name')}>
            <Input value={value.name} onChange={(event) => set({ name: event.target.value })} />
          </Field>
          <Field label={t('seo.slug')} hint={t('categories.slug_hint')} error={error('slug')}>
            <Input value={value.slug} onChange={(event) => set({ slug: event.target.value })} />
          </Field>
          <Field label={t('products.field_description')} error={error('description')}>
            <RichText value={value.description} onChange={(description) => set({ description })} />
          </Field>
        </>
      )}
    </EditDialog>
  );
}
