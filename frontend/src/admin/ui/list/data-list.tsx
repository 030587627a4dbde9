import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import { useT } from '@/admin/i18n';
import { Button } from '../button';
import { EmptyState, ErrorState, Skeleton } from '../states';
import { BulkBar } from './bulk-bar';
import { CsvButton } from './csv-button';
import type { CsvFile } from './csv-button';
import { FilterChips, SearchBox } from './filter-bar';
import { Pager } from './pager';
import { useHiddenColumns } from './saved';
import { Table } from './table';
import type { Column, Rows } from './types';
import type { ListState } from './use-list';
import { useSelection } from './use-selection';
import { Views } from './views';

// What opens on demand comes after the list.
const FilterButton = lazy(() => import('./filter-button'));
const ColumnChooser = lazy(() => import('./column-chooser'));

interface DataListProps<Row> {
  label: string;
  list: ListState;
  /** The page of rows that `list` asks for. */
  page: UseQueryResult<Rows<Row>, unknown>;
  columns: readonly Column<Row>[];
  idOf: (row: Row) => string;
  nameOf?: (row: Row) => string;
  hrefOf?: (row: Row) => string | undefined;
  /** Without it there is no search box. */
  searchLabel?: string;
  /** Shown when there is nothing at all yet: what will be here, and how to begin. */
  empty: ReactNode;
  /** Buttons for the ticked rows; without it nothing can be ticked. */
  bulk?: (rows: Row[], clear: () => void) => ReactNode;
  /** The view as a file. */
  csv?: CsvFile<Row>;
}

/**
 * A list page's table with everything around it: views, search, filters as chips, columns, order,
 * ticks with a bulk bar, pages, a CSV file of the view; loading, empty and failing.
 */
export function DataList<Row>(props: DataListProps<Row>) {
  const { list, page, columns } = props;
  const selection = useSelection(props.idOf);
  const byDefault = columns.filter((column) => column.hidden).map((column) => column.id);
  const hidden = useHiddenColumns(list.id) ?? byDefault;
  const isUsual =
    hidden.length === byDefault.length && byDefault.every((id) => hidden.includes(id));
  const visible = columns.filter((column) => column.fixed || !hidden.includes(column.id));
  const isEmpty = page.data?.items.length === 0;
  const hasTools =
    Boolean(props.searchLabel ?? props.csv) || list.filters.length + list.views.length > 0;

  return (
    <section className="card overflow-hidden">
      {hasTools && (
        <div className="flex flex-wrap items-center gap-2 border-b border-line p-2">
          <Views list={list} hidden={hidden} isUsual={isUsual} />
          <div className="ml-auto flex min-w-0 flex-1 items-center justify-end gap-1.5 max-md:basis-full">
            {props.searchLabel && <SearchBox list={list} label={props.searchLabel} />}
            <Suspense fallback={<Skeleton className="h-8 w-28 shrink-0" />}>
              <FilterButton list={list} />
              <ColumnChooser list={list} columns={columns} hidden={hidden} />
            </Suspense>
            {props.csv && <CsvButton columns={visible} {...props.csv} />}
          </div>
        </div>
      )}
      <FilterChips list={list} />
      {page.isError && !page.data ? (
        <ErrorState error={page.error} onRetry={() => void page.refetch()} />
      ) : isEmpty ? (
        <Nothing list={list} empty={props.empty} />
      ) : (
        <div className={page.isPlaceholderData ? 'opacity-60 transition-opacity' : ''}>
          <Table
            {...props}
            columns={visible}
            rows={page.data?.items}
            {...(props.bulk ? { selection } : {})}
            sort={list.sort}
            onSort={(sort) => list.set({ sort })}
          />
        </div>
      )}
      {!isEmpty && !(page.isError && !page.data) && <Pager list={list} page={page.data} />}
      <BulkBar count={selection.rows.length} onClear={selection.clear}>
        {props.bulk?.(selection.rows, selection.clear)}
      </BulkBar>
    </section>
  );
}

function Nothing({ list, empty }: { list: ListState; empty: ReactNode }) {
  const t = useT();
  if (list.cursor && list.previous) {
    return (
      <EmptyState
        title={t('list.page_empty')}
        action={<Button onClick={list.previous}>{t('pager.previous')}</Button>}
      />
    );
  }
  if (!list.isFiltered) return empty;
  return (
    <EmptyState
      title={t('list.no_match')}
      action={<Button onClick={() => list.apply('')}>{t('list.show_all')}</Button>}
    >
      {t('list.no_match_hint')}
    </EmptyState>
  );
}
