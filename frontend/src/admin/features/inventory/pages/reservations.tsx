import { useMemo } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Timer } from 'lucide-react';
import { Link } from 'react-router';
import { adminReservationsListOptions } from '@/api/gen/@tanstack/react-query.gen';
import type { LiveReservationOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { Badge, DataList, DateTime, EmptyState, useList } from '@/admin/ui';
import type { Column, Filter } from '@/admin/ui';
import { InventoryHeader } from '../header';
import { skuPath } from '../links';

const idOf = (held: LiveReservationOut) => held.id;

function useColumns(): Column<LiveReservationOut>[] {
  const t = useT();
  const mayOrders = useMay()('orders:read');
  return [
    {
      id: 'for',
      header: t('inventory.held_for'),
      fixed: true,
      cell: (held) =>
        held.order_id && mayOrders ? (
          <Link
            to={`/orders/${held.order_id}`}
            className="font-medium whitespace-nowrap text-brand hover:underline"
          >
            {t('inventory.order')}
          </Link>
        ) : (
          <span className="break-all">{held.owner || t('inventory.order')}</span>
        ),
      text: (held) => held.order_id ?? held.owner,
    },
    {
      id: 'lines',
      header: t('inventory.held_lines'),
      stack: 'plain',
      cell: (held) => (
        <ul className="space-y-1 py-1">
          {held.lines.map((line) => (
            <li key={`${line.sku} ${line.location_id}`}>
              <span className="font-medium tabular-nums">{line.quantity} × </span>
              {line.title}{' '}
              <span className="text-[13px] text-muted">
                <Link to={skuPath(line.sku)} className="font-mono hover:underline">
                  {line.sku}
                </Link>
                {' · '}
                {line.location}
              </span>
            </li>
          ))}
        </ul>
      ),
    },
    {
      id: 'created',
      header: t('inventory.held_since'),
      cell: (held) => <DateTime value={held.created_at} relative />,
    },
    {
      id: 'expires',
      header: t('inventory.held_until'),
      cell: (held) => (
        <span className="flex flex-wrap items-center gap-2">
          <DateTime value={held.expires_at} relative />
          {held.is_overdue && <Badge tone="warn">{t('inventory.overdue')}</Badge>}
        </span>
      ),
    },
  ];
}

export default function Reservations() {
  const t = useT();
  const filters = useMemo<Filter[]>(
    () => [{ id: 'sku', label: t('inventory.sku'), kind: 'text' }],
    [t],
  );
  const list = useList({ id: 'reservations', filters });
  const sku = list.value('sku');
  const page = useQuery({
    ...adminReservationsListOptions({
      query: { limit: 50, ...(sku && { sku }), ...(list.cursor && { cursor: list.cursor }) },
    }),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000, // They come and end by themselves.
  });
  return (
    <>
      <InventoryHeader />
      <DataList
        label={t('inventory.reservations')}
        list={list}
        page={page}
        columns={useColumns()}
        idOf={idOf}
        empty={
          <EmptyState icon={<Timer />} title={t('inventory.nothing_held')}>
            {t('inventory.nothing_held_hint')}
          </EmptyState>
        }
      />
    </>
  );
}
