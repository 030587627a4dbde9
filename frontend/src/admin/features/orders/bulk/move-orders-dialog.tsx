import { useState } from 'react';
import { Link } from 'react-router';
import type { OrderOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Becomes, BulkFrame, ResultList } from '@/admin/ui/bulk';
import type { Outcome } from '@/admin/ui/bulk';
import { OrderStatusBadge } from '../status';
import { readAgain, useMoves } from './use-moves';
import type { Moved, Orders } from './use-moves';
import { whyNot } from './why';
import type { BulkMove } from './why';

interface MoveOrdersDialogProps {
  to: BulkMove;
  orders: readonly OrderOut[];
  /** Orders are not as their rows say any more, by us or by others. */
  onOrders: (orders: Orders) => void;
  onClose: () => void;
}

/**
 * One step for many orders. Those that cannot take it say why and are left alone; of those that
 * were refused there is another look, at the orders as they are then.
 */
export function MoveOrdersDialog({ to, orders, onOrders, onClose }: MoveOrdersDialogProps) {
  const t = useT();
  const { run, results, busy, forget } = useMoves();
  const [only, setOnly] = useState<ReadonlySet<string>>();
  const [reading, setReading] = useState(false);
  const saved = results.size > 0;
  const shown = only ? orders.filter((order) => only.has(order.id)) : orders;
  const ready = shown.filter((order) => !whyNot(order, to));
  const refused = shown.filter((order) => isRefused(results.get(order.id)));

  const again = async () => {
    setReading(true);
    const overtaken = refused.filter((order) => wasOvertaken(results.get(order.id)));
    onOrders(await readAgain(overtaken.map((order) => order.id)));
    setOnly(new Set(refused.map((order) => order.id)));
    forget();
    setReading(false);
  };
  const outcomeOf = (order: OrderOut): Outcome | undefined => {
    const result = results.get(order.id);
    if (result) return isRefused(result) ? 'refused' : 'changed';
    return whyNot(order, to) ? 'unchanged' : undefined;
  };
  const done = results.size - refused.length;
  return (
    <BulkFrame
      title={t(`orders.bulk_title_${to}`, { count: shown.length })}
      summary={
        saved
          ? t('orders.bulk_result', { moved: done, refused: refused.length })
          : t('orders.bulk_will_move', { count: ready.length })
      }
      busy={busy}
      saved={saved}
      save={{
        label: t(`orders.move_${to}`),
        busy,
        disabled: ready.length === 0,
        onClick: () => void run(ready, to).then(onOrders),
      }}
      retry={
        refused.length > 0
          ? {
              label: t('orders.bulk_retry', { count: refused.length }),
              busy: busy || reading,
              onClick: () => void again(),
            }
          : undefined
      }
      onClose={onClose}
    >
      <ResultList
        rows={shown}
        idOf={(order) => order.id}
        nameOf={(order) => (
          <span className="min-w-0">
            <Link to={`/orders/${order.id}`} target="_blank" className="hover:underline">
              {order.number}
            </Link>{' '}
            · {order.shipping_address.name}
          </span>
        )}
        whatOf={(order) => <What order={order} to={to} result={results.get(order.id)} />}
        outcomeOf={outcomeOf}
        saved={saved}
        waiting={busy || reading}
      />
    </BulkFrame>
  );
}

const isRefused = (result: Moved | undefined) => result !== undefined && 'why' in result;
const wasOvertaken = (result: Moved | undefined) =>
  result !== undefined && 'why' in result && result.overtaken;

interface WhatProps {
  order: OrderOut;
  to: BulkMove;
  result: Moved | undefined;
}

function What({ order, to, result }: WhatProps) {
  const t = useT();
  if (result && 'why' in result) {
    const why = result.overtaken ? t('bulk.stale') : result.why;
    return <p className="text-[13px] text-danger">{why}</p>;
  }
  if (result) return <OrderStatusBadge status={result.order.status} />;
  const reason = whyNot(order, to);
  if (reason) return <p className="text-[13px] text-muted">{reason}</p>;
  return (
    <p className="flex flex-wrap items-center gap-1.5">
      <OrderStatusBadge status={order.status} />
      <Becomes />
      <OrderStatusBadge status={to} />
    </p>
  );
}
