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

const MOST_PAGES = 200;

/** All rows of a list, page after page. */
export async function allRows<Row>(
  page: (cursor: string | undefined) => Promise<Rows<Row>>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    // Each page says where the next begins.
    // oxlint-disable-next-line no-await-in-loop
    const answer = await page(cursor);
    rows.push(...answer.items);
    if (!answer.next_cursor) break;
    cursor = answer.next_cursor;
  }
  return rows;
}
