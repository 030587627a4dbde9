import type { ReactNode } from 'react';
import type { Choice } from '../select';

/** A column of a table of `Row`s. */
export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  align?: 'right';
  /** The name the API sorts by; without it the header is no button. */
  sort?: string;
  /** Cannot be hidden: the column that says what the row is. */
  fixed?: boolean;
  /** Hidden until somebody asks for it. */
  hidden?: boolean;
  /** The cell as text, for the CSV file; a column without it is left out of the file. */
  text?: (row: Row) => string | number;
  /**
   * Where it stands in the card that a row is on telephones: beside the first column (`corner`),
   * or below it without its header, as it speaks for itself (`plain`).
   */
  stack?: 'corner' | 'plain';
  className?: string;
}

/** A filter: one value (or several) of a query parameter of the same name. */
export type Filter =
  | { id: string; label: string; kind: 'choice'; choices: readonly Choice[] }
  | { id: string; label: string; kind: 'text' | 'date'; placeholder?: string };

/** A view that comes with the page: filters under a name. */
export interface BuiltInView {
  id: string;
  label: string;
  params: Record<string, string>;
}

/** A page of rows as the API gives it. */
export interface Rows<Row> {
  items: readonly Row[];
  next_cursor?: string | null;
  total?: number | null;
}
