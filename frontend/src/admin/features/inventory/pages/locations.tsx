import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, Warehouse } from 'lucide-react';
import {
  adminInventoryListQueryKey,
  adminLocationsListOptions,
  adminLocationsListQueryKey,
} from '@/api/gen/@tanstack/react-query.gen';
import type { LocationOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { Badge, Button, EmptyState, ErrorState, Table } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { useCountryNames } from '@/admin/ui/countries';
import { InventoryHeader } from '../header';
import { LocationDialog } from '../locations/location-dialog';

function useColumns(edit: (location: LocationOut) => void): Column<LocationOut>[] {
  const t = useT();
  const mayWrite = useMay()('inventory:write');
  const countries = useCountryNames();
  const columns: Column<LocationOut>[] = [
    {
      id: 'name',
      header: t('inventory.location_name'),
      cell: (location) => <span className="font-medium">{location.name}</span>,
    },
    {
      id: 'code',
      header: t('inventory.location_code'),
      stack: 'plain',
      cell: (location) => (
        <span className="font-mono text-[13px] whitespace-nowrap">{location.code}</span>
      ),
    },
    {
      id: 'state',
      header: t('inventory.location_state'),
      stack: 'plain',
      cell: (location) =>
        location.is_active ? (
          <Badge tone="good">{t('inventory.open')}</Badge>
        ) : (
          <Badge>{t('inventory.closed')}</Badge>
        ),
    },
    {
      id: 'address',
      header: t('inventory.address'),
      stack: 'plain',
      cell: ({ address }) =>
        address ? `${address.city}, ${countries[address.country] ?? address.country}` : '–',
    },
    {
      id: 'priority',
      header: t('inventory.priority'),
      align: 'right',
      cell: (location) => location.priority,
    },
  ];
  if (mayWrite) {
    columns.push({
      id: 'edit',
      header: '',
      align: 'right',
      cell: (location) => (
        <Button
          size="small"
          aria-label={t('inventory.edit_location', { name: location.name })}
          onClick={() => edit(location)}
        >
          {t('action.edit')}
        </Button>
      ),
    });
  }
  return columns;
}

export default function Locations() {
  const t = useT();
  const mayWrite = useMay()('inventory:write');
  const cache = useQueryClient();
  const locations = useQuery(adminLocationsListOptions());
  const [editing, setEditing] = useState<LocationOut | 'new'>();
  const columns = useColumns(setEditing);
  const add = mayWrite && (
    <Button look="primary" onClick={() => setEditing('new')}>
      <Plus aria-hidden />
      {t('inventory.add_location')}
    </Button>
  );
  return (
    <>
      <InventoryHeader actions={add} />
      <div className="card overflow-hidden">
        {locations.isError && !locations.data ? (
          <ErrorState error={locations.error} onRetry={() => void locations.refetch()} />
        ) : locations.data?.items.length === 0 ? (
          <EmptyState icon={<Warehouse />} title={t('inventory.none')} action={add}>
            {t('inventory.none_hint')}
          </EmptyState>
        ) : (
          <Table
            label={t('inventory.locations')}
            columns={columns}
            rows={locations.data?.items}
            idOf={(location) => location.id}
            skeletonRows={3}
          />
        )}
      </div>
      {editing && (
        <LocationDialog
          location={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onChanged={async () => {
            await cache.invalidateQueries({ queryKey: adminLocationsListQueryKey() });
            void cache.invalidateQueries({ queryKey: adminInventoryListQueryKey() });
          }}
        />
      )}
    </>
  );
}
