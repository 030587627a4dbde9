import { useState } from 'react';
import type { StockAtLocation } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { Badge, Button, Card, Table } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { number } from '@/admin/ui/format';
import { AdjustDialog } from './adjust-dialog';
import { Available } from './available';
import { ThresholdDialog } from './threshold-dialog';

interface StockCardProps {
  sku: string;
  levels: readonly StockAtLocation[] | undefined;
  onChanged: () => unknown;
}

interface Open {
  dialog: 'adjust' | 'threshold';
  level: StockAtLocation;
}

/** What of a SKU lies where, with its thresholds. */
export function StockCard({ sku, levels, onChanged }: StockCardProps) {
  const t = useT();
  const mayWrite = useMay()('inventory:write');
  const [open, setOpen] = useState<Open>();
  const count = (id: 'on_hand' | 'reserved'): Column<StockAtLocation> => ({
    id,
    header: t(`inventory.${id}`),
    align: 'right',
    cell: (level) => number(level[id]),
  });
  const columns: Column<StockAtLocation>[] = [
    {
      id: 'name',
      header: t('inventory.location'),
      cell: (level) => (
        <span className="flex flex-wrap items-center gap-2">
          {level.name}
          {!level.is_active && <Badge>{t('inventory.closed')}</Badge>}
        </span>
      ),
    },
    count('on_hand'),
    count('reserved'),
    {
      id: 'available',
      header: t('inventory.available'),
      align: 'right',
      cell: (level) => <Available level={level} />,
    },
    {
      id: 'threshold',
      header: t('inventory.threshold'),
      align: 'right',
      cell: (level) => {
        const text = level.low_stock_threshold ?? t('inventory.never');
        if (!mayWrite) return text;
        return (
          <Button look="ghost" size="small" onClick={() => setOpen({ dialog: 'threshold', level })}>
            <span className="underline decoration-dotted underline-offset-4">{text}</span>
            <span className="sr-only">
              {', '}
              {t('inventory.threshold_title', { sku, location: level.name })}
            </span>
          </Button>
        );
      },
    },
  ];
  if (mayWrite) {
    columns.push({
      id: 'adjust',
      header: '',
      align: 'right',
      cell: (level) => (
        <Button
          size="small"
          aria-label={t('inventory.adjust_title', { sku, location: level.name })}
          onClick={() => setOpen({ dialog: 'adjust', level })}
        >
          {t('inventory.adjust')}
        </Button>
      ),
    });
  }
  const dialog = open && {
    sku,
    level: open.level,
    onClose: () => setOpen(undefined),
    onDone: onChanged,
  };
  return (
    <Card title={t('inventory.where')} flush>
      <div className="border-t border-line">
        <Table
          label={t('inventory.where')}
          columns={columns}
          rows={levels}
          idOf={(level) => level.id}
          skeletonRows={2}
        />
      </div>
      {dialog && open.dialog === 'adjust' && <AdjustDialog {...dialog} />}
      {dialog && open.dialog === 'threshold' && <ThresholdDialog {...dialog} />}
    </Card>
  );
}
