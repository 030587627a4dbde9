import { lazy, Suspense, useState } from 'react';
import type { OrderOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { BulkButton, BulkLink } from '@/admin/ui';
import type { Orders } from './use-moves';
import type { BulkMove } from './why';

const MoveOrdersDialog = lazy(async () => ({
  default: (await import('./move-orders-dialog')).MoveOrdersDialog,
}));

const MOVES: readonly BulkMove[] = ['processing', 'shipped', 'delivered'];

/** What can be done with the ticked orders. */
export function OrderBulk({ rows }: { rows: OrderOut[] }) {
  const t = useT();
  const mayMove = useMay()('orders:write');
  const [to, setTo] = useState<BulkMove>();
  // The ticked rows are as they were when they were ticked; one step may follow another.
  const [newer, setNewer] = useState<Orders>(new Map());
  const current = rows.map((row) => {
    const other = newer.get(row.id);
    return other && other.version > row.version ? other : row;
  });
  const ids = rows.map((row) => row.id).join(',');
  return (
    <>
      {mayMove &&
        MOVES.map((move) => (
          <BulkButton key={move} onClick={() => setTo(move)}>
            {t(`orders.move_${move}`)}
          </BulkButton>
        ))}
      <BulkLink to={`/orders/packing-slips?ids=${ids}`}>{t('orders.print_slips')}</BulkLink>
      {to && (
        <Suspense fallback={null}>
          <MoveOrdersDialog
            to={to}
            orders={current}
            onOrders={(orders) => setNewer((old) => new Map([...old, ...orders]))}
            onClose={() => setTo(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}
