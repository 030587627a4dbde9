import { useState } from 'react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Award, Plus } from 'lucide-react';
import {
  adminBrandsListBrandsOptions,
  adminBrandsListBrandsQueryKey,
} from '@/api/gen/@tanstack/react-query.gen';
import type { StaffBrand } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { Button, DataList, EmptyState, PageHeader, useList } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { BrandDialog } from '../taxonomy/brand-dialog';

const idOf = (brand: StaffBrand) => brand.id;

export default function Brands() {
  const t = useT();
  const mayWrite = useMay()('catalog:write');
  const cache = useQueryClient();
  const list = useList({ id: 'brands' });
  const page = useQuery({
    ...adminBrandsListBrandsOptions({
      query: { limit: 50, ...(list.cursor && { cursor: list.cursor }) },
    }),
    placeholderData: keepPreviousData,
  });
  const [editing, setEditing] = useState<StaffBrand | 'new'>();
  const columns: Column<StaffBrand>[] = [
    {
      id: 'name',
      header: t('categories.name'),
      fixed: true,
      cell: (brand) => <span className="font-medium">{brand.name}</span>,
    },
    { id: 'slug', header: t('seo.slug'), cell: (brand) => brand.slug },
    {
      id: 'description',
      header: t('products.field_description'),
      cell: (brand) => <span className="line-clamp-1 text-muted">{brand.description || '–'}</span>,
    },
  ];
  if (mayWrite) {
    columns.push({
      id: 'edit',
      header: '',
      fixed: true,
      align: 'right',
      cell: (brand) => (
        <Button
          size="small"
          aria-label={t('categories.edit', { name: brand.name })}
          onClick={() => setEditing(brand)}
        >
          {t('action.edit')}
        </Button>
      ),
    });
  }
  const add = (
    <Button look="primary" onClick={() => setEditing('new')}>
      <Plus aria-hidden />
      {t('brands.add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('nav.brands')} actions={mayWrite && add} />
      <DataList
        label={t('nav.brands')}
        list={list}
        page={page}
        columns={columns}
        idOf={idOf}
        empty={
          <EmptyState icon={<Award />} title={t('brands.empty')} action={mayWrite && add}>
            {t('brands.empty_hint')}
          </EmptyState>
        }
      />
      {editing && (
        <BrandDialog
          brand={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onChanged={() => cache.invalidateQueries({ queryKey: adminBrandsListBrandsQueryKey() })}
        />
      )}
    </>
  );
}
