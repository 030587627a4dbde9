import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { Trash2 } from 'lucide-react';
import type { ImageOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { cn, IconButton } from '@/admin/ui';
import type { VariantRow } from '../draft';
import type { GridColumn } from '../grid';
import { nameOf } from '../variants';
import { VariantPicture } from './variant-picture';

interface VariantGridProps {
  rows: readonly VariantRow[];
  columns: readonly GridColumn[];
  images: readonly ImageOut[];
  error: (field: string) => string | undefined;
  onChange: (rows: VariantRow[]) => void;
  onPaste: (at: { row: number; column: number }, text: string) => void;
}

/** A table of inputs: arrows and Enter go up and down, a paste of several cells fills them all. */
export function VariantGrid(props: VariantGridProps) {
  const { rows, columns, error, onChange, onPaste } = props;
  const t = useT();
  const body = useRef<HTMLTableSectionElement>(null);
  const focus = (row: number, column: number) =>
    body.current?.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`)?.focus();
  const change = (index: number, row: VariantRow) =>
    onChange(rows.map((old, place) => (place === index ? row : old)));
  const onKey = (event: KeyboardEvent, row: number, column: number) => {
    const step = { ArrowUp: -1, ArrowDown: 1, Enter: event.shiftKey ? -1 : 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    focus(row + step, column);
  };
  return (
    <div className="max-h-[60vh] overflow-auto border-t border-line">
      <table className="w-full border-separate border-spacing-0">
        <caption className="sr-only">{t('variants.title')}</caption>
        <thead className="sticky top-0 z-[2] bg-tile text-left text-xs text-muted">
          <tr>
            <th
              scope="col"
              className="sticky left-0 z-[1] min-w-40 border-b border-line bg-tile py-2 pl-4 font-medium max-sm:min-w-32"
            >
              {t('variants.variant')}
            </th>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={cn(
                  'border-b border-l border-line px-2 font-medium whitespace-nowrap',
                  column.numeric && 'text-right',
                )}
              >
                {column.label}
              </th>
            ))}
            <th scope="col" className="border-b border-l border-line">
              <span className="sr-only">{t('variants.remove_column')}</span>
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row, index) => {
            const name = nameOf(row) || t('variants.only');
            return (
              <tr key={row.key}>
                <th
                  scope="row"
                  className="sticky left-0 z-[1] border-b border-line bg-surface py-1 pr-2 pl-4 text-left font-medium"
                >
                  <span className="flex items-center gap-2.5">
                    <VariantPicture
                      name={name}
                      images={props.images}
                      value={row.image_id}
                      onChange={(image_id) => change(index, { ...row, image_id })}
                    />
                    {name}
                  </span>
                </th>
                {columns.map((column, place) => {
                  const wrong = error(`variants.${index}.${column.id}`);
                  return (
                    <td key={column.id} className="border-b border-l border-line p-0">
                      <input
                        data-cell={`${index}:${place}`}
                        aria-label={`${column.label}, ${name}`}
                        aria-invalid={wrong ? true : undefined}
                        title={wrong}
                        inputMode={column.numeric ? 'decimal' : 'text'}
                        value={column.read(row)}
                        onChange={(event) => change(index, column.write(row, event.target.value))}
                        onKeyDown={(event) => onKey(event, index, place)}
                        onPaste={(event) => {
                          const text = event.clipboardData.getData('text/plain');
                          if (!/[\t\n]/.test(text.replace(/\r?\n$/, ''))) return;
                          event.preventDefault();
                          onPaste({ row: index, column: place }, text);
                        }}
                        className={cn(
                          'w-full min-w-26 bg-transparent px-2 outline-none focus:outline-2 focus:-outline-offset-2 focus:outline-brand aria-invalid:bg-danger-tint max-sm:text-base',
                          // As high as the picture beside it, so that a wrong cell is all red.
                          props.images.length > 0 ? 'h-13' : 'h-10',
                          column.numeric && 'text-right tabular-nums',
                          ['sku', 'barcode'].includes(column.id) && 'min-w-34',
                        )}
                      />
                    </td>
                  );
                })}
                <td className="w-10 border-b border-l border-line">
                  <IconButton
                    label={t('variants.remove', { name })}
                    disabled={rows.length === 1}
                    onClick={() => onChange(rows.filter((other) => other.key !== row.key))}
                  >
                    <Trash2 aria-hidden />
                  </IconButton>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
