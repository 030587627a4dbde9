import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Plus, Tag, Upload } from 'lucide-react';
import { useSearchParams } from 'react-router';
import { adminProductsListProductsOptions } from '@/api/gen/@tanstack/react-query.gen';
import { adminProductsListProducts } from '@/api/gen/sdk.gen';
import type { StaffLine } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { Button, ButtonLink, DataList, EmptyState, PageHeader } from '@/admin/ui';
import { BulkActions } from '../bulk/bulk-actions';
import { useProductColumns } from '../columns';
import { ExportButton } from '../export-button';
import { productQuery, useProductList } from '../filters';

const NewProductDialog = lazy(async () => ({
  default: (await import('../new-product-dialog')).NewProductDialog,
}));

const idOf = (row: StaffLine) => row.id;

export default function ProductList() {
  const t = useT();
  const may = useMay();
  const mayWrite = may('catalog:write');
  // `?new` opens the dialog, so that the palette can lead here.
  const [params] = useSearchParams();
  const [adding, setAdding] = useState(params.has('new'));
  const list = useProductList();
  const query = productQuery(list);
  const page = useQuery({
    ...adminProductsListProductsOptions({
      query: { ...query, limit: 50, ...(list.cursor && { cursor: list.cursor }) },
    }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHeader
        title={t('products.title')}
        actions={
          <>
            <ExportButton />
            {mayWrite && (
              <ButtonLink to="/imports/new">
                <Upload aria-hidden />
                {t('products.import')}
              </ButtonLink>
            )}
            {mayWrite && (
              <Button look="primary" onClick={() => setAdding(true)}>
                <Plus aria-hidden />
                {t('products.add')}
              </Button>
            )}
          </>
        }
      />
      {adding && (
        <Suspense fallback={null}>
          <NewProductDialog open onClose={() => setAdding(false)} />
        </Suspense>
      )}
      <DataList
        label={t('products.title')}
        list={list}
        page={page}
        columns={useProductColumns({ mayWrite })}
        idOf={idOf}
        nameOf={(row) => row.title}
        hrefOf={(row) => `/products/${row.id}`}
        searchLabel={t('products.search')}
        {...(mayWrite && { bulk: (rows: StaffLine[]) => <BulkActions rows={rows} /> })}
        csv={{
          name: 'products-view.csv',
          whole: t('products.export'),
          page: async (cursor) => {
            const { data } = await adminProductsListProducts({
              query: { ...query, limit: 100, ...(cursor && { cursor }) },
              throwOnError: true,
            });
            return data;
          },
        }}
        empty={
          <EmptyState
            icon={<Tag />}
            title={t('products.empty')}
            action={
              mayWrite && (
                <>
                  <Button look="primary" onClick={() => setAdding(true)}>
                    {t('products.add')}
                  </Button>
                  <ButtonLink to="/imports/new">{t('products.import')}</ButtonLink>
                </>
              )
            }
          >
            {t('products.empty_hint')}
          </EmptyState>
        }
      />
    </>
  );
}
