import { useState } from 'react';
import { Ban, Ellipsis, Printer } from 'lucide-react';
import { useNavigate } from 'react-router';
import type { OrderOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { Button, ButtonLink, Menu, MenuItem } from '@/admin/ui';
import { legalMoves } from '../moves';
import type { Move } from '../moves';
import { MoveDialog } from './move-dialog';

interface OrderActionsProps {
  order: OrderOut;
  onChanged: (order: OrderOut) => void;
  reload: () => Promise<OrderOut>;
}

/** What may be done with the order from where it is: the next step in front, the rest in a menu. */
export function OrderActions({ order, onChanged, reload }: OrderActionsProps) {
  const t = useT();
  const mayWrite = useMay()('orders:write');
  const navigate = useNavigate();
  const [moving, setMoving] = useState<Move>();
  const moves = mayWrite ? legalMoves(order) : [];
  const slip = `/orders/${order.id}/packing-slip`;
  return (
    <>
      {moves.includes('cancelled') ? (
        <Menu
          trigger={
            <Button>
              <Ellipsis aria-hidden />
              {t('orders.more')}
            </Button>
          }
        >
          <MenuItem icon={<Printer aria-hidden />} onSelect={() => void navigate(slip)}>
            {t('orders.packing_slip')}
          </MenuItem>
          <MenuItem danger icon={<Ban aria-hidden />} onSelect={() => setMoving('cancelled')}>
            {t('orders.move_cancelled')}
          </MenuItem>
        </Menu>
      ) : (
        <ButtonLink to={slip}>
          <Printer aria-hidden />
          {t('orders.packing_slip')}
        </ButtonLink>
      )}
      {moves
        .filter((move) => move !== 'cancelled')
        .map((move) => (
          <Button key={move} look="primary" onClick={() => setMoving(move)}>
            {t(`orders.move_${move}`)}
          </Button>
        ))}
      {moving && (
        <MoveDialog
          key={moving}
          order={order}
          to={moving}
          onMoved={onChanged}
          reload={reload}
          onClose={() => setMoving(undefined)}
        />
      )}
    </>
  );
}
