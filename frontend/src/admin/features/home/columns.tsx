import { Money } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { decimal, number } from '@/admin/ui/format';
import type { Amount } from '@/admin/ui/format';

/** A column of numbers of a chart's table. */
export const count = <Row,>(id: string, header: string, of: (row: Row) => number): Column<Row> => ({
  id,
  header,
  align: 'right',
  cell: (row) => number(of(row)),
  text: of,
});

/** A column of amounts of a chart's table; in the file without their currency. */
export const amount = <Row,>(
  id: string,
  header: string,
  of: (row: Row) => Amount | null,
): Column<Row> => ({
  id,
  header,
  align: 'right',
  cell: (row) => <Money value={of(row)} />,
  text: (row) => {
    const value = of(row);
    return value ? decimal(value.amount, value.currency) : '';
  },
});
