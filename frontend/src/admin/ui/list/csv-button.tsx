import { useState } from 'react';
import { Download } from 'lucide-react';
import { toast } from '@/admin/ui/toast';
import { useT } from '@/admin/i18n';
import { IconButton } from '../button';
import { number } from '../format';
import { toastProblem } from '../problem';
import { download, firstRows, toCsv } from './csv';
import type { Column, Rows } from './types';

export interface CsvFile<Row> {
  /** `orders-view.csv` */
  name: string;
  /** How to read any page of the view. */
  page: (cursor: string | undefined) => Promise<Rows<Row>>;
  /** What the button is called that has the server write all of it, where there is one. */
  whole?: string;
}

/** A browser reads a list by its pages, a hundred rows each: more would take minutes. */
const MOST_ROWS = 20_000;

/** Saves what the list shows. A file that could not hold all rows says so by its name. */
export function CsvButton<Row>({
  name,
  page,
  whole,
  columns,
}: CsvFile<Row> & { columns: readonly Column<Row>[] }) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const { rows, isCut } = await firstRows(page, MOST_ROWS);
      const file = isCut ? name.replace(/\.csv$/, `-first-${rows.length}.csv`) : name;
      download(file, toCsv(columns, rows));
      if (isCut) {
        toast(t('list.csv_cut', { rows: number(rows.length) }), {
          description: whole ? t('list.csv_whole', { button: whole }) : t('list.csv_narrow'),
        });
      }
    } catch (error) {
      toastProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <IconButton look="plain" label={t('list.csv')} className="size-8!" busy={busy} onClick={save}>
      <Download aria-hidden />
    </IconButton>
  );
}
