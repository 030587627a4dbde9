import { useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { adminImportsShowOptions } from '@/api/gen/@tanstack/react-query.gen';
import { adminImportsCancel, adminImportsShow } from '@/api/gen/sdk.gen';
import type { ImportDetail, ImportErrorOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import {
  Badge,
  Button,
  ConfirmDialog,
  EmptyState,
  idempotent,
  toastProblem,
  useList,
} from '@/admin/ui';
import type { Column, ListState } from '@/admin/ui';
import { allRows, download, Table, toCsv } from '@/admin/ui/list';
import { Pager } from '@/admin/ui/list/pager';
import { ImportProgress } from './import-progress';
import { isRunning } from './import-status';

const keyed = (errors: readonly ImportErrorOut[]) =>
  errors.map((each, index) => ({ ...each, key: String(index) }));

export interface FollowedImport {
  list: ListState;
  found: UseQueryResult<ImportDetail, unknown>;
}

/** An import as it goes on, with a page of what is wrong in the file. */
export function useImport(importId: string | undefined): FollowedImport {
  const list = useList({ id: 'import-errors' });
  const found = useQuery({
    ...adminImportsShowOptions({
      path: { import_id: importId ?? '' },
      query: { limit: 50, ...(list.cursor && { cursor: list.cursor }) },
    }),
    enabled: importId !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? 1_000 : false),
  });
  return { list, found };
}

type KeyedError = ImportErrorOut & { key: string };

/** What stands in the file of errors: each fact in a column of its own. */
function useFileColumns(): Column<KeyedError>[] {
  const t = useT();
  const plain = (id: 'row' | 'severity' | 'handle' | 'column' | 'message', header: string) => ({
    id,
    header,
    cell: () => null,
    text: (each: KeyedError) => each[id] ?? '',
  });
  return [
    plain('row', t('imports.row')),
    plain('severity', t('imports.severity')),
    plain('handle', t('products.column_product')),
    plain('column', t('imports.column')),
    plain('message', t('imports.message')),
  ];
}

/** What is shown: few columns, so that it can be read on a telephone. */
function useShownColumns(): Column<KeyedError>[] {
  const t = useT();
  return [
    {
      id: 'row',
      header: t('imports.row'),
      className: 'w-14 align-top tabular-nums',
      cell: ({ row }) => row ?? '–',
    },
    {
      id: 'message',
      header: t('imports.message'),
      cell: ({ severity, handle, column, message }) => (
        <>
          <span className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
            <Badge tone={severity === 'error' ? 'danger' : 'warn'}>
              {t(`imports.severity_${severity}`)}
            </Badge>
            <span className="text-[13px] break-all text-muted">
              {[handle, column].filter(Boolean).join(' · ')}
            </span>
          </span>
          <span className="mt-0.5 block break-words">{message}</span>
        </>
      ),
    },
  ];
}

/** How far an import is, and what is wrong with which row. */
export function ImportReport({ data, list }: { data: ImportDetail; list: ListState }) {
  const t = useT();
  const columns = useShownColumns();
  return (
    <>
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
    </>
  );
}

/** Stops an import while it runs; gives what was wrong as a file. */
export function ImportActions({
  data,
  onStopped,
}: {
  data: ImportDetail;
  onStopped: () => unknown;
}) {
  const t = useT();
  const may = useMay();
  const columns = useFileColumns();
  const [stopping, setStopping] = useState(false);
  const cancel = async () => {
    try {
      await adminImportsCancel({
        path: { import_id: data.id },
        ...idempotent(),
        throwOnError: true,
      });
      await onStopped();
    } catch (error) {
      toastProblem(error);
      throw error;
    }
  };
  const saveErrors = async () => {
    const errors = await allRows(async (cursor) => {
      const answer = await adminImportsShow({
        path: { import_id: data.id },
        query: { limit: 100, ...(cursor && { cursor }) },
        throwOnError: true,
      });
      return answer.data.errors;
    });
    download(`${data.filename}-errors.csv`, toCsv(columns, keyed(errors)));
  };
  return (
    <>
      {data.errors.items.length > 0 && (
        <Button onClick={() => void saveErrors().catch(toastProblem)}>
          {t('imports.save_errors')}
        </Button>
      )}
      {isRunning(data) && may('catalog:write') && (
        <Button onClick={() => setStopping(true)}>{t('imports.cancel')}</Button>
      )}
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
