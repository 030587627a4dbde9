import { lazy, Suspense, useCallback } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { adminProductsListProductsQueryKey } from '@/api/gen/@tanstack/react-query.gen';
import { adminProductsChange } from '@/api/gen/sdk.gen';
import type { StaffProduct } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { ifMatch, PageHeader, Skeleton, useEditor } from '@/admin/ui';
import type { Editor } from '@/admin/ui';
import { ProductMenu } from '../actions/product-menu';
import { ViewLink } from '../actions/view-link';
import { draftOf, patchOf, wrongWith } from '../draft';
import type { ProductDraft } from '../draft';
import { StatusBadge } from '../status';
import { BasicsCard } from './basics-card';
import { MediaCard } from './media-card';
import { OptionsCard } from './options-card';
import { SeoCard } from './seo-card';

// What is heaviest, and what is read last, comes after the rest of the page.
const OrganisationCard = lazy(async () => ({
  default: (await import('./organisation-card')).OrganisationCard,
}));
const VariantsCard = lazy(async () => ({
  default: (await import('./variants-card')).VariantsCard,
}));

const InventoryCard = lazy(async () => ({
  default: (await import('./inventory-card')).InventoryCard,
}));
const HistoryCard = lazy(async () => ({ default: (await import('./history-card')).HistoryCard }));

export type ProductEditing = Editor<StaffProduct, ProductDraft>;

interface ProductEditorProps {
  product: StaffProduct;
  reload: () => Promise<StaffProduct>;
  onSaved: (product: StaffProduct) => void;
}

export function ProductEditor({ product, reload, onSaved }: ProductEditorProps) {
  const t = useT();
  const may = useMay();
  const cache = useQueryClient();
  const editor = useEditor<StaffProduct, ProductDraft>({
    resource: product,
    valueOf: draftOf,
    name: product.title,
    check: (draft) =>
      wrongWith(draft, {
        required: t('form.required'),
        amount: t('products.not_an_amount'),
        whole: t('products.not_whole'),
      }),
    write: async (changes, value, version) => {
      const { data } = await adminProductsChange({
        path: { id_or_slug: product.id },
        body: patchOf(changes, value),
        ...ifMatch(version),
        throwOnError: true,
      });
      onSaved(data);
      void cache.invalidateQueries({ queryKey: adminProductsListProductsQueryKey() });
      void cache.invalidateQueries({ queryKey: ['history', product.id] });
      return data;
    },
    reload,
  });
  const { follow } = editor;
  const refreshMedia = useCallback(async () => follow(await reload()), [follow, reload]);
  const readOnly = !may('catalog:write');

  return (
    <>
      {editor.chrome}
      <PageHeader
        title={product.title}
        back={{ to: '/products', label: t('products.back') }}
        beside={<StatusBadge status={product.status} />}
        actions={
          <>
            <ViewLink product={product} />
            {!readOnly && (
              <ProductMenu product={product} onChanged={onSaved} disabled={editor.dirty} />
            )}
          </>
        }
      />
      <fieldset disabled={readOnly} className="grid items-start gap-4 xl:grid-cols-[1fr_340px]">
        <legend className="sr-only">{product.title}</legend>
        <div className="min-w-0 space-y-4">
          <BasicsCard editor={editor} />
          <MediaCard product={product} onChanged={refreshMedia} />
          <OptionsCard editor={editor} />
          <Suspense fallback={<Skeleton className="h-60 rounded-xl" />}>
            <VariantsCard editor={editor} images={product.images} />
          </Suspense>
          {may('inventory:read') && (
            <Suspense fallback={<Skeleton className="h-44 rounded-xl" />}>
              <InventoryCard product={product} />
            </Suspense>
          )}
        </div>
        <div className="min-w-0 space-y-4">
          <Suspense fallback={<Skeleton className="h-[440px] rounded-xl" />}>
            <OrganisationCard editor={editor} />
          </Suspense>
          <SeoCard editor={editor} />
          {may('audit:read') && (
            <Suspense fallback={<Skeleton className="h-28 rounded-xl" />}>
              <HistoryCard productId={product.id} />
            </Suspense>
          )}
        </div>
      </fieldset>
    </>
  );
}
