import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { adminCustomersListOptions } from '@/api/gen/@tanstack/react-query.gen';
import { adminCustomersList } from '@/api/gen/sdk.gen';
import type { CustomerOut, UserSort } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Badge, DataList, DateTime, EmptyState, PageHeader, useList } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { Spent, spentText } from '../spent';

const SORTS = ['joined', '-joined'] as const satisfies UserSort[];

const idOf = (row: CustomerOut) => row.id;
const nameOf = (row: CustomerOut) => row.name ?? row.email;

export default function CustomerList() {
  const t = useT();
  const list = useList({
    id: 'customers',
    views: [
      { id: 'account', label: t('customers.view_accounts'), params: {} },
      { id: 'guest', label: t('customers.view_guests'), params: { kind: 'guest' } },
    ],
  });
  const guests = list.value('kind') === 'guest';
  const sort = SORTS.find((value) => value === list.sort);
  const query = {
    ...(list.q && { q: list.q }),
    ...(guests && { kind: 'guest' as const }),
    ...(!guests && sort && { sort }),
  };
  const page = useQuery({
    ...adminCustomersListOptions({
      query: { ...query, limit: 50, ...(list.cursor && { cursor: list.cursor }) },
    }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHeader title={t('customers.title')} />
      <DataList
        label={t('customers.title')}
        list={list}
        page={page}
        columns={useColumns(guests)}
        idOf={idOf}
        nameOf={nameOf}
        hrefOf={(row) => `/customers/${row.id}`}
        searchLabel={t('customers.search')}
        csv={{
          name: 'customers-view.csv',
          page: async (cursor) => {
            const { data } = await adminCustomersList({
              query: { ...query, limit: 100, ...(cursor && { cursor }) },
              throwOnError: true,
            });
            return data;
          },
        }}
        empty={
          <EmptyState
            icon={<Users />}
            title={t(guests ? 'customers.empty_guests' : 'customers.empty')}
          >
            {t(guests ? 'customers.empty_guests_hint' : 'customers.empty_hint')}
          </EmptyState>
        }
      />
    </>
  );
}

function useColumns(guests: boolean): Column<CustomerOut>[] {
  const t = useT();
  return [
    {
      id: 'name',
      header: t('customers.column_name'),
      fixed: true,
      cell: (row) => (
        <span className="flex items-center gap-2">
          {nameOf(row)}
          {!row.is_active && <Badge tone="danger">{t('customers.inactive')}</Badge>}
        </span>
      ),
      text: (row) => row.name ?? '',
    },
    {
      id: 'email',
      header: t('customers.column_email'),
      stack: 'plain',
      cell: (row) => <span className="text-muted">{row.email}</span>,
      text: (row) => row.email,
    },
    {
      id: 'since',
      header: t('customers.column_since'),
      ...(!guests && { sort: 'joined' }),
      hidden: guests,
      cell: (row) => <DateTime value={row.created_at} />,
      text: (row) => row.created_at,
    },
    {
      id: 'last',
      header: t('customers.column_last'),
      cell: (row) => (
        <span className="text-muted">
          <DateTime value={row.last_order_at} relative />
        </span>
      ),
      text: (row) => row.last_order_at ?? '',
    },
    {
      id: 'orders',
      header: t('customers.column_orders'),
      align: 'right',
      cell: (row) => row.orders,
      text: (row) => row.orders,
    },
    {
      id: 'spent',
      header: t('customers.column_spent'),
      stack: 'corner',
      align: 'right',
      cell: (row) => <Spent amounts={row.spent} />,
      text: (row) => spentText(row.spent),
    },
  ];
}
