import type {
  AdminOrdersSearchData,
  FulfillmentStatus,
  OrderSort,
  OrderStatus,
  PaymentStatus,
} from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useList } from '@/admin/ui';
import type { BuiltInView, Filter, ListState } from '@/admin/ui';
import { endOfDay, startOfDay } from '@/admin/ui/days';
import { FULFILLMENT_STATUSES, ORDER_STATUSES, PAYMENT_STATUSES } from './status';

/** The orders' list: what it can be filtered by and the views that come with it. */
export function useOrderList(): ListState {
  const t = useT();
  const filters: Filter[] = [
    {
      id: 'status',
      label: t('orders.column_status'),
      kind: 'choice',
      choices: ORDER_STATUSES.map((value) => ({ value, label: t(`orders.status_${value}`) })),
    },
    {
      id: 'payment_status',
      label: t('orders.column_payment'),
      kind: 'choice',
      choices: PAYMENT_STATUSES.map((value) => ({ value, label: t(`orders.payment_${value}`) })),
    },
    {
      id: 'fulfillment_status',
      label: t('orders.column_fulfillment'),
      kind: 'choice',
      choices: FULFILLMENT_STATUSES.map((value) => ({
        value,
        label: t(`orders.fulfillment_${value}`),
      })),
    },
    { id: 'email', label: t('orders.column_email'), kind: 'text' },
    { id: 'placed_from', label: t('orders.filter_from'), kind: 'date' },
    { id: 'placed_to', label: t('orders.filter_to'), kind: 'date' },
  ];
  const of = (status: OrderStatus): BuiltInView => ({
    id: status,
    label: t(`orders.status_${status}`),
    params: { status },
  });
  const views = [
    { id: 'all', label: t('orders.view_all'), params: {} },
    { id: 'to_fulfil', label: t('orders.view_to_fulfil'), params: { status: 'confirmed' } },
    of('processing'),
    of('shipped'),
    { id: 'unpaid', label: t('orders.view_unpaid'), params: { status: 'pending' } },
  ];
  return useList({ id: 'orders', filters, views });
}

const SORTS = ['placed', '-placed', 'total', '-total'] as const satisfies OrderSort[];

type Query = NonNullable<AdminOrdersSearchData['query']>;

/** The filters in the URL as the API takes them; days are those of whoever works here. */
export function orderQuery(list: Pick<ListState, 'q' | 'value'>): Query {
  const from = startOfDay(list.value('placed_from') ?? '');
  const to = endOfDay(list.value('placed_to') ?? '');
  const status = list.value('status') as OrderStatus | undefined;
  const payment = list.value('payment_status') as PaymentStatus | undefined;
  const fulfillment = list.value('fulfillment_status') as FulfillmentStatus | undefined;
  const email = list.value('email');
  return {
    ...(list.q && { q: list.q }),
    ...(status && { status }),
    ...(payment && { payment_status: payment }),
    ...(fulfillment && { fulfillment_status: fulfillment }),
    ...(email && { email }),
    ...(from && { placed_from: from }),
    ...(to && { placed_to: to }),
  };
}

/** The order that the URL asks for; a file has its own. */
export function orderSort(list: Pick<ListState, 'sort'>): Pick<Query, 'sort'> {
  const sort = SORTS.find((value) => value === list.sort);
  return sort ? { sort } : {};
}
