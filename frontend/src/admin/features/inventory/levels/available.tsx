import type { StockAtLocation } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Badge } from '@/admin/ui';

export const isLow = (level: StockAtLocation) =>
  level.low_stock_threshold !== null && level.available <= level.low_stock_threshold;

/** How many units can be sold; told apart when they run low. */
export function Available({ level }: { level: StockAtLocation }) {
  const t = useT();
  if (!isLow(level)) return level.available;
  return (
    <Badge tone={level.available > 0 ? 'warn' : 'danger'}>
      {level.available}
      <span className="sr-only">, {t('inventory.low')}</span>
    </Badge>
  );
}
