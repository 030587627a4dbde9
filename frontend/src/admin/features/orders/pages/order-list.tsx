import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ShoppingCart } from 'lucide-react';
import { adminOrdersSearchOptions } from '@/api/gen/@tanstack/react-query.gen';
import { adminOrdersSearch } from '@/api/gen/sdk.gen';
import type { OrderOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { DataList, EmptyState, PageHeader } from '@/admin/ui';
import { OrderBulk } from '../bulk/order-bulk';
import { useOrderColumns } from '../columns';
import { ExportMenu } from '../export-menu';
import { orderQuery, orderSort, useOrderList } from '../order-filters';

const idOf = (row: OrderOut) => row.id;

export default function OrderList() {
  const t = useT();
  const list = useOrderList();
  const query = { ...orderQuery(list), ...orderSort(list) };
  const page = useQuery({
    ...adminOrdersSearchOptions({
      query: { ...query, with_total: true, limit: 50, ...(list.cursor && { cursor: list.cursor }) },
    }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHeader title={t('orders.title')} actions={<ExportMenu list={list} />} />
      <DataList
        label={t('orders.title')}
        list={list}
        page={page}
        columns={useOrderColumns()}
        idOf={idOf}
        nameOf={(row) => row.number}
        hrefOf={(row) => `/orders/${row.id}`}
        searchLabel={t('orders.search')}
        bulk={(rows) => <OrderBulk rows={rows} />}
        csv={{
          name: 'orders-view.csv',
          whole: t('orders.export'),
          page: async (cursor) => {
            const { data } = await adminOrdersSearch({
              query: { ...query, limit: 100, ...(cursor && { cursor }) },
              throwOnError: true,
            });
            return data;
          },
        }}
        empty={
          <EmptyState
            icon={<ShoppingCart />}
            title={t('orders.empty')}
            action={
              <a href="/" className="text-brand hover:underline">
                {t('shell.view_store')}
              </a>
            }
          >
            {t('orders.empty_hint')}
          </EmptyState>
        }
      />
    </>
  );
}
