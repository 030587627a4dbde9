import { Link } from 'react-router';
import type { AdjustmentReason, MovementOut } from '@/api/gen/types.gen';
import { tAny, useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { DateTime, cn } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { useLocations } from '../locations/use-locations';

/** `+10`, `−3`; a dash for nothing. */
const signed = (units: number) =>
  units === 0 ? '–' : `${units > 0 ? '+' : '−'}${Math.abs(units).toLocaleString('en')}`;

function Delta({ units }: { units: number }) {
  return (
    <span className={cn(units > 0 && 'text-good', units < 0 && 'text-danger')}>
      {signed(units)}
    </span>
  );
}

const causeText = (movement: MovementOut) =>
  movement.cause
    ? tAny(`inventory.reason_${movement.cause as AdjustmentReason}`, movement.cause)
    : '';

export function useMovementColumns(): Column<MovementOut>[] {
  const t = useT();
  const mayOrders = useMay()('orders:read');
  const places = new Map(useLocations().map(({ id, name }) => [id, name]));
  return [
    {
      id: 'at',
      header: t('inventory.when'),
      fixed: true,
      cell: (movement) => <DateTime value={movement.at} relative />,
      text: (movement) => movement.at,
    },
    {
      id: 'reason',
      header: t('inventory.movement'),
      stack: 'plain',
      cell: (movement) => (
        <>
          {t(`inventory.movement_${movement.reason}`)}
          <span className="block max-w-xs text-[13px] break-words text-muted">
            {[causeText(movement), movement.note].filter(Boolean).join(' · ')}
          </span>
        </>
      ),
      text: (movement) =>
        [t(`inventory.movement_${movement.reason}`), causeText(movement), movement.note]
          .filter(Boolean)
          .join(' · '),
    },
    {
      id: 'location',
      header: t('inventory.location'),
      stack: 'plain',
      cell: (movement) => places.get(movement.location_id) ?? '–',
      text: (movement) => places.get(movement.location_id) ?? movement.location_id,
    },
    {
      id: 'on_hand',
      header: t('inventory.on_hand'),
      align: 'right',
      cell: (movement) => <Delta units={movement.d_on_hand} />,
      text: (movement) => movement.d_on_hand,
    },
    {
      id: 'reserved',
      header: t('inventory.reserved'),
      align: 'right',
      cell: (movement) => signed(movement.d_reserved),
      text: (movement) => movement.d_reserved,
    },
    {
      id: 'for',
      header: t('inventory.by_or_for'),
      cell: (movement) =>
        movement.order_id && mayOrders ? (
          <Link to={`/orders/${movement.order_id}`} className="text-brand hover:underline">
            {t('inventory.order')}
          </Link>
        ) : (
          <span className="text-[13px] break-all text-muted">
            {movement.owner || movement.actor || '–'}
          </span>
        ),
      text: (movement) => movement.order_id ?? (movement.owner || movement.actor),
    },
  ];
}
