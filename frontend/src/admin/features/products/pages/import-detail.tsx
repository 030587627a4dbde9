import { useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { useParams } from 'react-router';
import { adminImportsShowOptions } from '@/api/gen/@tanstack/react-query.gen';
import { adminImportsCancel, adminImportsShow } from '@/api/gen/sdk.gen';
import type { ImportErrorOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import {
  Badge,
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  idempotent,
  PageHeader,
  PageSkeleton,
  toastProblem,
  useList,
} from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { allRows, download, Table, toCsv } from '@/admin/ui/list';
import { Pager } from '@/admin/ui/list/pager';
import { ImportProgress } from '../imports/import-progress';
import { ImportStatusBadge, isRunning } from '../imports/import-status';

const keyed = (errors: readonly ImportErrorOut[]) =>
  errors.map((each, index) => ({ ...each, key: String(index) }));

export default function ImportDetail() {
  const t = useT();
  const may = useMay();
  const { importId = '' } = useParams();
  const list = useList({ id: 'import-errors' });
  const [stopping, setStopping] = useState(false);
  const found = useQuery({
    ...adminImportsShowOptions({
      path: { import_id: importId },
      query: { limit: 50, ...(list.cursor && { cursor: list.cursor }) },
    }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? 1_000 : false),
  });
  if (found.isPending) return <PageSkeleton />;
  if (found.isError && !found.data) {
    return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  }
  const { data } = found;
  const columns: Column<ImportErrorOut & { key: string }>[] = [
    {
      id: 'row',
      header: t('imports.row'),
      className: 'w-20',
      cell: (each) => each.row ?? '–',
      text: (each) => each.row ?? '',
    },
    {
      id: 'severity',
      header: t('imports.severity'),
      cell: (each) => (
        <Badge tone={each.severity === 'error' ? 'danger' : 'warn'}>
          {t(`imports.severity_${each.severity}`)}
        </Badge>
      ),
      text: (each) => each.severity,
    },
    {
      id: 'handle',
      header: t('products.column_product'),
      cell: (each) => each.handle ?? '–',
      text: (each) => each.handle ?? '',
    },
    {
      id: 'column',
      header: t('imports.column'),
      cell: (each) => each.column ?? '–',
      text: (each) => each.column ?? '',
    },
    {
      id: 'message',
      header: t('imports.message'),
      className: 'min-w-64',
      cell: (each) => each.message,
      text: (each) => each.message,
    },
  ];
  const cancel = async () => {
    try {
      await adminImportsCancel({
        path: { import_id: importId },
        ...idempotent(),
        throwOnError: true,
      });
      await found.refetch();
    } catch (error) {
      toastProblem(error);
      throw error;
    }
  };
  const saveErrors = async () => {
    const errors = await allRows(async (cursor) => {
      const answer = await adminImportsShow({
        path: { import_id: importId },
        query: { limit: 100, ...(cursor && { cursor }) },
        throwOnError: true,
      });
      return answer.data.errors;
    });
    download(`${data.filename}-errors.csv`, toCsv(columns, keyed(errors)));
  };
  return (
    <>
      <PageHeader
        title={data.filename}
        back={{ to: '/imports', label: t('imports.back') }}
        beside={
          <>
            <ImportStatusBadge status={data.status} />
            {data.dry_run && <Badge tone="info">{t('imports.dry_run')}</Badge>}
          </>
        }
        actions={
          <>
            {data.errors.items.length > 0 && (
              <Button onClick={() => void saveErrors().catch(toastProblem)}>
                {t('imports.save_errors')}
              </Button>
            )}
            {isRunning(data) && may('catalog:write') && (
              <Button onClick={() => setStopping(true)}>{t('imports.cancel')}</Button>
            )}
          </>
        }
      />
      <ImportProgress found={data} />
      <section className="card mt-4 overflow-hidden" aria-label={t('imports.errors')}>
        <h2 className="border-b border-line px-4 py-3 font-semibold">{t('imports.errors')}</h2>
        {data.errors.items.length === 0 ? (
          <EmptyState
            icon={<CircleCheck />}
            title={isRunning(data) ? t('imports.none_yet') : t('imports.none')}
          />
        ) : (
          <>
            <Table
              label={t('imports.errors')}
              columns={columns}
              rows={keyed(data.errors.items)}
              idOf={(each) => each.key}
            />
            <Pager list={list} page={data.errors} />
          </>
        )}
      </section>
      <ConfirmDialog
        open={stopping}
        title={t('imports.cancel_title')}
        confirm={t('imports.cancel')}
        danger
        onConfirm={cancel}
        onClose={() => setStopping(false)}
      >
        {t('imports.cancel_text')}
      </ConfirmDialog>
    </>
  );
}
