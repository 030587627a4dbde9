import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, Truck } from 'lucide-react';
import {
  adminShippingOptionsListOptions,
  adminShippingOptionsListQueryKey,
} from '@/api/gen/@tanstack/react-query.gen';
import type { StaffShippingOption } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Badge, Button, EmptyState, Money } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { MarketsHeader } from '../headers';
import { ShippingDialog } from '../markets/shipping-dialog';
import { useRegions } from '../markets/use-regions';
import { ThingTable } from '../thing-table';

function useColumns(): Column<StaffShippingOption>[] {
  const t = useT();
  const regions = useRegions();
  return [
    {
      id: 'name',
      header: t('settings.name'),
      cell: (option) => (
        <>
          <span className="font-medium">{option.name}</span>
          {option.carrier && <span className="block text-[13px] text-muted">{option.carrier}</span>}
        </>
      ),
    },
    {
      id: 'region',
      header: t('markets.region'),
      cell: (option) => regions.find(({ id }) => id === option.region_id)?.name ?? '–',
    },
    {
      id: 'price',
      header: t('markets.price'),
      align: 'right',
      cell: (option) => <Money value={option.price} />,
    },
    {
      id: 'days',
      header: t('markets.days'),
      align: 'right',
      cell: (option) =>
        option.min_days === option.max_days
          ? option.min_days
          : `${option.min_days}–${option.max_days}`,
    },
    {
      id: 'from',
      header: t('markets.from_total'),
      align: 'right',
      cell: (option) => <Money value={option.min_total} />,
    },
    {
      id: 'state',
      header: t('markets.state'),
      cell: (option) =>
        option.is_active ? (
          <Badge tone="good">{t('markets.offered')}</Badge>
        ) : (
          <Badge>{t('markets.not_offered')}</Badge>
        ),
    },
  ];
}

export default function Shipping() {
  const t = useT();
  const cache = useQueryClient();
  const regions = useRegions();
  const page = useQuery(adminShippingOptionsListOptions());
  const [editing, setEditing] = useState<StaffShippingOption | 'new'>();
  const columns = useColumns();
  const add = regions.length > 0 && (
    <Button look="primary" onClick={() => setEditing('new')}>
      <Plus aria-hidden />
      {t('markets.add_shipping')}
    </Button>
  );
  return (
    <>
      <MarketsHeader actions={add} />
      <ThingTable
        label={t('markets.shipping')}
        page={page}
        columns={columns}
        idOf={(option) => option.id}
        nameOf={(option) => option.name}
        onEdit={setEditing}
        empty={
          <EmptyState icon={<Truck />} title={t('markets.no_shipping')} action={add}>
            {t('markets.no_shipping_hint')}
          </EmptyState>
        }
      />
      {editing && (
        <ShippingDialog
          option={editing === 'new' ? undefined : editing}
          regions={regions}
          onClose={() => setEditing(undefined)}
          onChanged={() =>
            cache.invalidateQueries({ queryKey: adminShippingOptionsListQueryKey() })
          }
        />
      )}
    </>
  );
}
