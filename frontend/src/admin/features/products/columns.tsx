import type { StaffLine } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { DateTime, Money } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { decimal } from '@/admin/ui/format';
import { ProductMenu } from './actions/product-menu';
import { StatusBadge } from './status';
import { Thumb } from './thumb';

/** What the list of products can show; with a menu in each row for those who may change them. */
export function useProductColumns({ mayWrite }: { mayWrite: boolean }): Column<StaffLine>[] {
  const t = useT();
  const columns: Column<StaffLine>[] = [
    {
      id: 'product',
      header: t('products.column_product'),
      sort: 'title',
      fixed: true,
      className: 'min-w-56',
      cell: (row) => (
        <span className="flex items-center gap-3">
          <Thumb image={row.thumbnail} />
          {row.title}
        </span>
      ),
      text: (row) => row.title,
    },
    {
      id: 'status',
      header: t('products.column_status'),
      cell: (row) => <StatusBadge status={row.status} />,
      text: (row) => row.status,
    },
    {
      id: 'stock',
      header: t('products.column_stock'),
      cell: (row) =>
        row.in_stock ? (
          t('products.in_stock')
        ) : (
          <span className="text-danger">{t('products.out_of_stock')}</span>
        ),
      text: (row) => t(row.in_stock ? 'products.in_stock' : 'products.out_of_stock'),
    },
    {
      id: 'brand',
      header: t('products.column_brand'),
      cell: (row) => <span className="text-muted">{row.brand ?? '–'}</span>,
      text: (row) => row.brand ?? '',
    },
    {
      id: 'variants',
      header: t('products.column_variants'),
      align: 'right',
      cell: (row) => row.variant_count,
      text: (row) => row.variant_count,
    },
    {
      id: 'created',
      header: t('products.column_created'),
      sort: 'created',
      hidden: true,
      cell: (row) => <DateTime value={row.created_at} />,
      text: (row) => row.created_at,
    },
    {
      id: 'updated',
      header: t('products.column_updated'),
      sort: 'updated',
      cell: (row) => <DateTime value={row.updated_at} relative />,
      text: (row) => row.updated_at,
    },
    {
      id: 'price',
      header: t('products.column_price'),
      align: 'right',
      cell: (row) => <Money value={row.price} />,
      text: (row) =>
        row.price ? `${decimal(row.price.amount, row.price.currency)} ${row.price.currency}` : '',
    },
  ];
  if (mayWrite) {
    columns.push({
      id: 'more',
      header: '',
      fixed: true,
      align: 'right',
      className: 'w-12',
      cell: (row) => <ProductMenu product={row} inRow />,
    });
  }
  return columns;
}
