import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Globe, Plus } from 'lucide-react';
import {
  adminRegionsListOptions,
  adminRegionsListQueryKey,
  storeConfigQueryKey,
} from '@/api/gen/@tanstack/react-query.gen';
import type { StaffRegion } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Badge, Button, EmptyState } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { useCountryNames } from '@/admin/ui/countries';
import { MarketsHeader } from '../headers';
import { RegionDialog } from '../markets/region-dialog';
import { ThingTable } from '../thing-table';

export default function Regions() {
  const t = useT();
  const cache = useQueryClient();
  const names = useCountryNames();
  const page = useQuery(adminRegionsListOptions());
  const [editing, setEditing] = useState<StaffRegion | 'new'>();
  const columns: Column<StaffRegion>[] = [
    {
      id: 'name',
      header: t('settings.name'),
      cell: (region) => (
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{region.name}</span>
          {region.is_default && <Badge tone="info">{t('markets.default')}</Badge>}
        </span>
      ),
    },
    { id: 'currency', header: t('markets.currency'), cell: (region) => region.currency },
    {
      id: 'countries',
      header: t('markets.countries'),
      cell: (region) => region.countries.map((code) => names[code] ?? code).join(', ') || '–',
    },
    {
      id: 'tax',
      header: t('markets.prices'),
      cell: (region) =>
        region.tax_inclusive ? t('markets.prices_with_tax') : t('markets.prices_without_tax'),
    },
  ];
  const add = (
    <Button look="primary" onClick={() => setEditing('new')}>
      <Plus aria-hidden />
      {t('markets.add_region')}
    </Button>
  );
  return (
    <>
      <MarketsHeader actions={add} />
      <ThingTable
        label={t('markets.regions')}
        page={page}
        columns={columns}
        idOf={(region) => region.id}
        nameOf={(region) => region.name}
        onEdit={setEditing}
        empty={
          <EmptyState icon={<Globe />} title={t('markets.no_regions')} action={add}>
            {t('markets.no_regions_hint')}
          </EmptyState>
        }
      />
      {editing && (
        <RegionDialog
          region={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onChanged={async () => {
            await cache.invalidateQueries({ queryKey: adminRegionsListQueryKey() });
            void cache.invalidateQueries({ queryKey: storeConfigQueryKey() });
          }}
        />
      )}
    </>
  );
}
