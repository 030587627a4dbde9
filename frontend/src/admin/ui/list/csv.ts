import type { Column, Rows } from './types';

/** A text that begins like a formula is told to be text, so that no spreadsheet runs it. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function toCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const told = columns.filter((column) => column.text);
  const lines = rows.map((row) => told.map((column) => cell(column.text?.(row) ?? '')).join(','));
  return [told.map((column) => cell(column.header)).join(','), ...lines].join('\r\n');
}

/** Give the browser a file. The mark at the start tells spreadsheets that it is UTF-8. */
export function download(name: string, content: string | Blob, type = 'text/csv;charset=utf-8') {
  const blob = typeof content === 'string' ? new Blob(['\ufeff', content], { type }) : content;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

type ReadPage<Row> = (cursor: string | undefined) => Promise<Rows<Row>>;

/** All rows of a list, page after page. */
export async function allRows<Row>(page: ReadPage<Row>): Promise<Row[]> {
  return (await firstRows(page, Infinity)).rows;
}

/** As many rows of a list as are wanted, and whether there are more. */
export async function firstRows<Row>(
  page: ReadPage<Row>,
  most: number,
): Promise<{ rows: Row[]; isCut: boolean }> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    // Each page says where the next begins.
    // oxlint-disable-next-line no-await-in-loop
    const answer = await page(cursor);
    rows.push(...answer.items);
    cursor = answer.next_cursor ?? undefined;
  } while (cursor && rows.length < most);
  return { rows: rows.slice(0, most), isCut: Boolean(cursor) || rows.length > most };
}
