import type { ReactNode } from 'react';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { Link } from 'react-router';
import { useT } from '@/admin/i18n';
import { usePreferences } from '@/admin/app/preferences';
import { cn } from '../cn';
import { Skeleton } from '../states';
import type { Column } from './types';
import type { Selection } from './use-selection';

interface TableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  /** Undefined while they load. */
  rows: readonly Row[] | undefined;
  idOf: (row: Row) => string;
  /** What the row is called, for its box to tick. */
  nameOf?: (row: Row) => string;
  /** Where a click on the row leads. The first column holds the link. */
  hrefOf?: (row: Row) => string | undefined;
  selection?: Selection<Row>;
  sort?: string | undefined;
  onSort?: (sort: string | undefined) => void;
  skeletonRows?: number;
}

/** A column without a header holds a row's button. */
const place = <Row,>({ stack, header }: Column<Row>, index: number) =>
  index === 0 ? 'title' : header ? stack : 'corner';

/**
 * The bare table: columns, rows, ticks and order. `DataList` adds views, filters and pages. On
 * telephones each row is a card, whose cells tell their header (`.stacks` in admin.css).
 */
export function Table<Row>(props: TableProps<Row>) {
  const { columns, rows, selection, skeletonRows = 8 } = props;
  const compact = usePreferences((state) => state.density === 'compact');
  const t = useT();
  const all = rows !== undefined && rows.length > 0 && rows.every((row) => selection?.has(row));
  return (
    // What scrolls must be reachable by keyboard.
    // oxlint-disable-next-line no-noninteractive-tabindex
    <div role="group" className="relative overflow-x-auto" aria-label={props.label} tabIndex={0}>
      <table className="stacks w-full" aria-busy={rows === undefined}>
        <caption className="sr-only">{props.label}</caption>
        <thead className="bg-tile/60 text-left text-xs text-muted">
          <tr className="border-b border-line">
            {selection && (
              <th className="w-10 pl-4">
                <input
                  type="checkbox"
                  className="check"
                  aria-label={t('table.select_all')}
                  checked={all}
                  disabled={!rows?.length}
                  onChange={() => rows && selection.toggleAll(rows)}
                />
              </th>
            )}
            {columns.map((column) => (
              <Head key={column.id} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows === undefined
            ? Array.from({ length: skeletonRows }, (_, index) => (
                <tr key={index} className={compact ? 'h-10' : 'h-[52px]'}>
                  {selection && <td aria-hidden data-stack="tick" />}
                  {columns.map((column, at) => (
                    <td key={column.id} className="px-3" data-stack={place(column, at)}>
                      <Skeleton className={column.align ? 'ml-auto w-14' : 'w-3/5 min-w-16'} />
                    </td>
                  ))}
                </tr>
              ))
            : rows.map((row) => (
                <TableRow key={props.idOf(row)} row={row} compact={compact} {...props} />
              ))}
        </tbody>
      </table>
    </div>
  );
}

interface HeadProps<Row> {
  column: Column<Row>;
  sort: string | undefined;
  onSort: ((sort: string | undefined) => void) | undefined;
}

function Head<Row>({ column, sort, onSort }: HeadProps<Row>) {
  const t = useT();
  const up = sort === column.sort;
  const down = sort === `-${column.sort}`;
  const sorted = column.sort && (up || down);
  const className = cn(
    'px-3 py-2 font-medium whitespace-nowrap first:pl-4 last:pr-4',
    column.align && 'text-right',
    column.className,
  );
  if (!column.sort || !onSort) {
    return (
      <th scope="col" className={className}>
        {column.header || <span className="sr-only">{t('table.actions')}</span>}
      </th>
    );
  }
  const next = up ? `-${column.sort}` : down ? undefined : column.sort;
  const Arrow = down ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      className={className}
      aria-sort={up ? 'ascending' : down ? 'descending' : 'none'}
    >
      <button
        type="button"
        className="inline-flex min-h-6 items-center gap-1 font-medium hover:text-ink"
        onClick={() => onSort(next)}
      >
        {column.header}
        <Arrow aria-hidden className={cn('size-3.5', !sorted && 'opacity-0')} />
      </button>
    </th>
  );
}

type RowProps<Row> = TableProps<Row> & { row: Row; compact: boolean };

function TableRow<Row>({ row, columns, selection, nameOf, hrefOf, compact }: RowProps<Row>) {
  const t = useT();
  const href = hrefOf?.(row);
  const link = (content: ReactNode): ReactNode =>
    href ? (
      // The link covers its row, so that the whole row can be clicked, opened in a tab, copied.
      <Link to={href} className="font-medium after:absolute after:inset-0 hover:underline">
        {content}
      </Link>
    ) : (
      content
    );
  return (
    <tr
      className={cn(
        'relative hover:bg-tile/50',
        compact ? 'h-10' : 'h-[52px]',
        selection?.has(row) && 'bg-brand/7 hover:bg-brand/10',
      )}
    >
      {selection && (
        <td data-stack="tick" className="relative z-10 w-10 pl-4">
          <input
            type="checkbox"
            className="check"
            aria-label={t('table.select', { name: nameOf?.(row) ?? '' })}
            checked={selection.has(row)}
            onChange={() => selection.toggle(row)}
          />
        </td>
      )}
      {columns.map((column, index) => (
        <td
          key={column.id}
          data-stack={place(column, index)}
          data-header={column.header}
          className={cn(
            'px-3 py-1.5 first:pl-4 last:pr-4',
            column.align && 'text-right tabular-nums',
            column.className,
          )}
        >
          {index === 0 ? link(column.cell(row)) : column.cell(row)}
        </td>
      ))}
    </tr>
  );
}
