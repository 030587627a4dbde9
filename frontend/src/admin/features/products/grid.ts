import type { VariantRow } from './draft';

/** A column of the variants' grid: a text to read and to write. */
export interface GridColumn {
  id: string;
  label: string;
  numeric?: boolean;
  read: (row: VariantRow) => string;
  write: (row: VariantRow, text: string) => VariantRow;
}

/** What a spreadsheet puts on the clipboard: lines of cells between tabs, quoted when need be. */
export function parseCells(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const body = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  for (let index = 0; index < body.length; index += 1) {
    const char = body[index];
    if (quoted && char === '"' && body[index + 1] === '"') {
      cell += '"';
      index += 1;
    } else if (char === '"' && (quoted || cell === '')) quoted = !quoted;
    else if (!quoted && (char === '\t' || char === '\n')) {
      rows.at(-1)?.push(cell.trim());
      cell = '';
      if (char === '\n') rows.push([]);
    } else cell += char;
  }
  rows.at(-1)?.push(cell.trim());
  return rows;
}

/** Cells pasted at a place: to the right and down from there; what sticks out is left out. */
export function paste(
  rows: readonly VariantRow[],
  columns: readonly GridColumn[],
  at: { row: number; column: number },
  cells: readonly (readonly string[])[],
): VariantRow[] {
  return rows.map((row, index) => {
    const line = cells[index - at.row];
    if (!line) return row;
    return line.reduce((changed, text, offset) => {
      const column = columns[at.column + offset];
      return column ? column.write(changed, text) : changed;
    }, row);
  });
}

const inCurrency = (kind: 'price' | 'compareAt', currency: string) => ({
  read: (row: VariantRow) => row[kind][currency] ?? '',
  write: (row: VariantRow, text: string) => ({
    ...row,
    [kind]: { ...row[kind], [currency]: text },
  }),
});

const plain = (field: 'sku' | 'barcode' | 'weight') => ({
  read: (row: VariantRow) => row[field],
  write: (row: VariantRow, text: string) => ({ ...row, [field]: text }),
});

interface Labels {
  sku: string;
  price: (currency: string) => string;
  compareAt: (currency: string) => string;
  weight: string;
  barcode: string;
}

export function gridColumns(currencies: readonly string[], labels: Labels): GridColumn[] {
  return [
    { id: 'sku', label: labels.sku, ...plain('sku') },
    ...currencies.flatMap((currency) => [
      {
        id: `price.${currency}`,
        label: labels.price(currency),
        numeric: true,
        ...inCurrency('price', currency),
      },
      {
        id: `compareAt.${currency}`,
        label: labels.compareAt(currency),
        numeric: true,
        ...inCurrency('compareAt', currency),
      },
    ]),
    { id: 'weight', label: labels.weight, numeric: true, ...plain('weight') },
    { id: 'barcode', label: labels.barcode, ...plain('barcode') },
  ];
}
