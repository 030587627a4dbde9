import type { LevelOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { Badge, Button } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { number } from '@/admin/ui/format';
import { Available } from './available';

export function useLevelColumns(adjust: (level: LevelOut) => void): Column<LevelOut>[] {
  const t = useT();
  const mayAdjust = useMay()('inventory:write');
  const count = (id: 'on_hand' | 'reserved'): Column<LevelOut> => ({
    id,
    header: t(`inventory.${id}`),
    align: 'right',
    cell: (level) => number(level.location[id]),
    text: (level) => level.location[id],
  });
  const columns: Column<LevelOut>[] = [
    {
      id: 'title',
      header: t('inventory.item'),
      fixed: true,
      cell: (level) => level.title,
      text: (level) => level.title,
    },
    {
      id: 'variant',
      header: t('variants.variant'),
      stack: 'plain',
      cell: (level) => level.variant_title,
      text: (level) => level.variant_title,
    },
    {
      id: 'sku',
      header: t('inventory.sku'),
      sort: 'sku',
      stack: 'plain',
      cell: (level) => <span className="font-mono text-[13px] whitespace-nowrap">{level.sku}</span>,
      text: (level) => level.sku,
    },
    {
      id: 'location',
      header: t('inventory.location'),
      stack: 'plain',
      cell: (level) => (
        <span className="flex flex-wrap items-center gap-2 whitespace-nowrap">
          {level.location.name}
          {!level.location.is_active && <Badge>{t('inventory.closed')}</Badge>}
        </span>
      ),
      text: (level) => level.location.name,
    },
    count('on_hand'),
    count('reserved'),
    {
      id: 'available',
      header: t('inventory.available'),
      sort: 'available',
      align: 'right',
      cell: (level) => <Available level={level.location} />,
      text: (level) => level.location.available,
    },
    {
      id: 'threshold',
      header: t('inventory.threshold'),
      align: 'right',
      hidden: true,
      cell: (level) => level.location.low_stock_threshold ?? '–',
      text: (level) => level.location.low_stock_threshold ?? '',
    },
  ];
  if (mayAdjust) {
    columns.push({
      id: 'adjust',
      header: '',
      fixed: true,
      align: 'right',
      cell: (level) => (
        <Button
          size="small"
          className="relative z-10"
          aria-label={t('inventory.adjust_title', {
            sku: level.sku,
            location: level.location.name,
          })}
          onClick={() => adjust(level)}
        >
          {t('inventory.adjust')}
        </Button>
      ),
    });
  }
  return columns;
}
