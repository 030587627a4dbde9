export { BulkBar, BulkButton, BulkLink } from './bulk-bar';
export { allRows, download, toCsv } from './csv';
export { DataList } from './data-list';
export { Table } from './table';
export { useList, useParam } from './use-list';
export type { ListState } from './use-list';
export type { BuiltInView, Column, Filter, Rows } from './types';
