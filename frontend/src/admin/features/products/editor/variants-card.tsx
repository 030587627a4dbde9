import { useState } from 'react';
import { toast } from '@/admin/ui/toast';
import type { ImageOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useStore } from '@/admin/app/use-store';
import { Card, Select } from '@/admin/ui';
import { gridColumns, parseCells, paste } from '../grid';
import type { ProductEditing } from './product-editor';
import { VariantGrid } from './variant-grid';

const ALL = '*';

interface VariantsCardProps {
  editor: ProductEditing;
  images: readonly ImageOut[];
}

/** Prices, SKUs and the rest of each variant, in a grid that takes cells from a spreadsheet. */
export function VariantsCard({ editor, images }: VariantsCardProps) {
  const t = useT();
  const store = useStore();
  const { variants } = editor.value;
  const used = variants.flatMap((row) => Object.keys(row.price));
  const currencies = [...new Set([...(store?.currencies ?? []), ...used])];
  const [chosen, setChosen] = useState<string>();
  const shown = chosen ?? store?.default_currency ?? currencies[0] ?? ALL;
  const columns = gridColumns(shown === ALL ? currencies : [shown], {
    sku: t('variants.sku'),
    price: (currency) => t('variants.price', { currency }),
    compareAt: (currency) => t('variants.compare_at', { currency }),
    weight: t('variants.weight'),
    barcode: t('variants.barcode'),
  });
  const onPaste = (at: { row: number; column: number }, text: string) => {
    const cells = parseCells(text);
    const before = variants;
    editor.set({ variants: paste(variants, columns, at, cells) });
    const rows = Math.min(cells.length, variants.length - at.row);
    const width = Math.max(...cells.map((line) => line.length));
    const left = cells.length - rows;
    toast(t('variants.pasted', { rows, columns: Math.min(width, columns.length - at.column) }), {
      ...(left > 0 && { description: t('variants.left_out', { count: left }) }),
      action: { label: t('action.undo'), onClick: () => editor.set({ variants: before }) },
    });
  };
  return (
    <Card
      title={t('variants.title')}
      hint={t('variants.hint')}
      flush
      actions={
        <Select
          aria-label={t('variants.currency')}
          value={shown}
          onChange={(event) => setChosen(event.target.value)}
          choices={[
            ...currencies.map((currency) => ({ value: currency, label: currency })),
            { value: ALL, label: t('variants.all_currencies') },
          ]}
          className="w-40"
        />
      }
    >
      <VariantGrid
        rows={variants}
        columns={columns}
        images={images}
        error={editor.error}
        onChange={(next) => editor.set({ variants: next })}
        onPaste={onPaste}
      />
    </Card>
  );
}
