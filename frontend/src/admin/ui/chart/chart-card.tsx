import { useState } from 'react';
import type { ReactNode } from 'react';
import { ChartLine, Download, Table2 } from 'lucide-react';
import { useT } from '@/admin/i18n';
import { IconButton } from '../button';
import { Card } from '../card';
import { cn } from '../cn';
import { download, Table, toCsv } from '../list';
import type { Column } from '../list';
import { Skeleton } from '../states';

interface ChartCardProps<Row> {
  title: string;
  hint?: string;
  /** The figures of the chart, for the table and the CSV file. */
  columns: readonly Column<Row>[];
  rows: readonly Row[] | undefined;
  idOf: (row: Row) => string;
  file: string;
  /** One sentence that says what the chart shows, for those who do not see it. */
  summary?: string;
  /** What else can be chosen of the chart, before its own buttons. */
  controls?: ReactNode;
  className?: string;
  /** The chart's height while it loads, as a class. */
  height?: string;
  /** The chart. */
  children: ReactNode;
}

/** A chart that can be read as a table as well, and taken along as CSV. */
export function ChartCard<Row>(props: ChartCardProps<Row>) {
  const t = useT();
  const [asTable, setAsTable] = useState(false);
  const { title, columns, rows } = props;
  return (
    <Card
      title={title}
      hint={props.hint}
      flush={asTable}
      {...(props.className ? { className: props.className } : {})}
      actions={
        <>
          {props.controls}
          <IconButton
            label={asTable ? t('chart.as_chart') : t('chart.as_table')}
            className="size-8"
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? <ChartLine aria-hidden /> : <Table2 aria-hidden />}
          </IconButton>
          <IconButton
            label={t('chart.csv', { name: title })}
            className="size-8"
            disabled={!rows}
            onClick={() => rows && download(props.file, toCsv(columns, rows))}
          >
            <Download aria-hidden />
          </IconButton>
        </>
      }
    >
      {rows === undefined ? (
        <Skeleton className={cn('rounded-lg', props.height ?? 'h-64')} />
      ) : asTable ? (
        <div className="max-h-80 overflow-y-auto border-t border-line">
          <Table label={title} columns={columns} rows={rows} idOf={props.idOf} />
        </div>
      ) : (
        <figure>
          {props.summary && <figcaption className="sr-only">{props.summary}</figcaption>}
          {props.children}
        </figure>
      )}
    </Card>
  );
}
