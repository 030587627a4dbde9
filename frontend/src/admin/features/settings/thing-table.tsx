import type { ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import { useT } from '@/admin/i18n';
import { Button, ErrorState, Table } from '@/admin/ui';
import type { Column } from '@/admin/ui';

interface ThingTableProps<Row> {
  label: string;
  page: UseQueryResult<{ items: Row[] }, unknown>;
  columns: readonly Column<Row>[];
  idOf: (row: Row) => string;
  nameOf: (row: Row) => string;
  /** Opens what changes a row; without it nothing can be changed. */
  onEdit?: (row: Row) => void;
  /** What came with the shop and stays as it is. */
  isFixed?: (row: Row) => boolean;
  empty: ReactNode;
}

/** A short list of things that are set up once, each with a button that changes it. */
export function ThingTable<Row>(props: ThingTableProps<Row>) {
  const { label, page, columns, idOf, nameOf, onEdit, empty } = props;
  const t = useT();
  const edit: Column<Row> = {
    id: 'edit',
    header: '',
    align: 'right',
    cell: (row) =>
      !props.isFixed?.(row) && (
        <Button
          size="small"
          aria-label={t('settings.edit', { name: nameOf(row) })}
          onClick={() => onEdit?.(row)}
        >
          {t('action.edit')}
        </Button>
      ),
  };
  return (
    <div className="card overflow-hidden">
      {page.isError && !page.data ? (
        <ErrorState error={page.error} onRetry={() => void page.refetch()} />
      ) : page.data?.items.length === 0 ? (
        empty
      ) : (
        <Table
          label={label}
          columns={onEdit ? [...columns, edit] : columns}
          rows={page.data?.items}
          idOf={idOf}
          skeletonRows={4}
        />
      )}
    </div>
  );
}
