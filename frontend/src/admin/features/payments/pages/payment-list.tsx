import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CreditCard } from 'lucide-react';
import { adminPaymentsListPaymentsOptions } from '@/api/gen/@tanstack/react-query.gen';
import { adminPaymentsListPayments } from '@/api/gen/sdk.gen';
import type { SessionStatus, StaffSessionOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { DataList, EmptyState, PageHeader, useList } from '@/admin/ui';
import { useOpened } from '@/admin/ui/list/use-opened';
import { usePaymentColumns } from '../columns';
import { PaymentDialog } from '../payment-dialog';
import { SESSION_STATUSES } from '../status';

const idOf = (row: StaffSessionOut) => row.id;

export default function PaymentList() {
  const t = useT();
  const choices = SESSION_STATUSES.map((value) => ({
    value,
    label: t(`payments.status_${value}`),
  }));
  const view = (status: SessionStatus) => ({
    id: status,
    label: t(`payments.status_${status}`),
    params: { status },
  });
  const list = useList({
    id: 'payments',
    filters: [{ id: 'status', label: t('payments.column_status'), kind: 'choice', choices }],
    views: [
      { id: 'all', label: t('payments.view_all'), params: {} },
      view('succeeded'),
      view('failed'),
      view('pending'),
    ],
  });
  const opened = useOpened('payment');
  const status = list.value('status') as SessionStatus | undefined;
  const query = { ...(status && { status }) };
  const page = useQuery({
    ...adminPaymentsListPaymentsOptions({
      query: { ...query, limit: 50, ...(list.cursor && { cursor: list.cursor }) },
    }),
    placeholderData: keepPreviousData,
  });
  const shown = page.data?.items.find((row) => row.id === opened.id);
  return (
    <>
      <PageHeader title={t('payments.title')} sub={t('payments.hint')} />
      <DataList
        label={t('payments.title')}
        list={list}
        page={page}
        columns={usePaymentColumns(opened.open)}
        idOf={idOf}
        csv={{
          name: 'payments-view.csv',
          page: async (cursor) => {
            const { data } = await adminPaymentsListPayments({
              query: { ...query, limit: 100, ...(cursor && { cursor }) },
              throwOnError: true,
            });
            return data;
          },
        }}
        empty={
          <EmptyState icon={<CreditCard />} title={t('payments.empty')}>
            {t('payments.empty_hint')}
          </EmptyState>
        }
      />
      {shown && <PaymentDialog payment={shown} onClose={opened.close} />}
    </>
  );
}
