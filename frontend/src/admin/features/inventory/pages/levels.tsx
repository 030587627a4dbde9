import { useMemo, useState } from 'react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Boxes } from 'lucide-react';
import {
  adminInventoryListOptions,
  adminInventoryListQueryKey,
} from '@/api/gen/@tanstack/react-query.gen';
import { adminInventoryList } from '@/api/gen/sdk.gen';
import type { LevelOut, LevelSort } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Allowed } from '@/admin/app/permissions';
import { ButtonLink, DataList, EmptyState, useList } from '@/admin/ui';
import type { BuiltInView, Filter } from '@/admin/ui';
import { InventoryHeader } from '../header';
import { AdjustDialog } from '../levels/adjust-dialog';
import { useLevelColumns } from '../levels/columns';
import { skuPath } from '../links';
import { useLocations } from '../locations/use-locations';

const SORTS = ['sku', '-sku', 'available', '-available'] as const satisfies LevelSort[];

const idOf = (level: LevelOut) => `${level.variant_id} ${level.location.id}`;

function useLevelList() {
  const t = useT();
  const locations = useLocations();
  const filters = useMemo<Filter[]>(
    () => [
      {
        id: 'location',
        label: t('inventory.location'),
        kind: 'choice',
        choices: locations.map(({ id, name }) => ({ value: id, label: name })),
      },
      {
        id: 'below_threshold',
        label: t('inventory.stock'),
        kind: 'choice',
        choices: [{ value: 'true', label: t('inventory.low') }],
      },
    ],
    [t, locations],
  );
  const views = useMemo(() => {
    const low: Record<string, string> = { below_threshold: 'true' };
    return [
      { id: 'all', label: t('inventory.view_all'), params: {} },
      { id: 'low', label: t('inventory.low'), params: low },
    ] satisfies BuiltInView[];
  }, [t]);
  return useList({ id: 'inventory', filters, views });
}

export default function Levels() {
  const t = useT();
  const cache = useQueryClient();
  const list = useLevelList();
  const [adjusting, setAdjusting] = useState<LevelOut>();
  const location = list.value('location');
  const sort = SORTS.find((value) => value === list.sort);
  const query = {
    ...(sort && { sort }),
    ...(list.q && { q: list.q }),
    ...(location && { location }),
    ...(list.value('below_threshold') === 'true' && { below_threshold: true }),
  };
  const page = useQuery({
    ...adminInventoryListOptions({
      query: { ...query, limit: 50, ...(list.cursor && { cursor: list.cursor }) },
    }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <InventoryHeader />
      <DataList
        label={t('inventory.levels')}
        list={list}
        page={page}
        columns={useLevelColumns(setAdjusting)}
        idOf={idOf}
        hrefOf={(level) => skuPath(level.sku)}
        searchLabel={t('inventory.search')}
        csv={{
          name: 'inventory-view.csv',
          page: async (cursor) => {
            const { data } = await adminInventoryList({
              query: { ...query, limit: 100, ...(cursor && { cursor }) },
              throwOnError: true,
            });
            return data;
          },
        }}
        empty={
          <EmptyState
            icon={<Boxes />}
            title={t('inventory.empty')}
            action={
              <Allowed to="catalog:read">
                <ButtonLink to="/products">{t('nav.products')}</ButtonLink>
              </Allowed>
            }
          >
            {t('inventory.empty_hint')}
          </EmptyState>
        }
      />
      {adjusting && (
        <AdjustDialog
          sku={adjusting.sku}
          level={adjusting.location}
          onClose={() => setAdjusting(undefined)}
          onDone={async () => {
            await cache.invalidateQueries({ queryKey: adminInventoryListQueryKey() });
            void cache.invalidateQueries({ queryKey: ['nav-count', '/inventory'] });
          }}
        />
      )}
    </>
  );
}
