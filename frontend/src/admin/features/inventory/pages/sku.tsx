import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { Link, useParams } from 'react-router';
import {
  adminInventoryListOptions,
  adminInventoryListQueryKey,
  adminInventoryMovementsOptions,
  adminInventoryMovementsQueryKey,
  inventoryGetStockOptions,
  inventoryGetStockQueryKey,
} from '@/api/gen/@tanstack/react-query.gen';
import type { MovementOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Allowed, useMay } from '@/admin/app/permissions';
import { ButtonLink, DataList, EmptyState, ErrorState, PageHeader, useList } from '@/admin/ui';
import { useMovementColumns } from '../levels/movement-columns';
import { StockCard } from '../levels/stock-card';
import { reservationsOf } from '../links';

const idOf = (movement: MovementOut) => movement.id;

/** What the SKU is, which only the list of levels tells. */
function Product({ sku }: { sku: string }) {
  const mayCatalog = useMay()('catalog:read');
  const { data } = useQuery(adminInventoryListOptions({ query: { q: sku, limit: 50 } }));
  const level = data?.items.find((item) => item.sku === sku);
  if (!level) return null;
  const text = [level.title, level.variant_title].filter(Boolean).join(' · ');
  if (!mayCatalog) return text;
  return (
    <Link to={`/products/${level.product_id}`} className="text-brand hover:underline">
      {text}
    </Link>
  );
}

export default function Sku() {
  const t = useT();
  const { sku = '' } = useParams();
  const cache = useQueryClient();
  const stock = useQuery({ ...inventoryGetStockOptions({ path: { sku } }), staleTime: 0 });
  const list = useList({ id: 'movements' });
  const movements = useQuery({
    ...adminInventoryMovementsOptions({
      path: { sku },
      query: { limit: 50, ...(list.cursor && { cursor: list.cursor }) },
    }),
    placeholderData: keepPreviousData,
  });
  const columns = useMovementColumns();
  const onChanged = async () => {
    await Promise.all(
      [
        inventoryGetStockQueryKey({ path: { sku } }),
        adminInventoryMovementsQueryKey({ path: { sku } }),
        adminInventoryListQueryKey(),
      ].map((queryKey) => cache.invalidateQueries({ queryKey })),
    );
    void cache.invalidateQueries({ queryKey: ['nav-count', '/inventory'] });
  };
  return (
    <>
      <PageHeader
        title={sku}
        sub={<Product sku={sku} />}
        back={{ to: '/inventory', label: t('nav.inventory') }}
        actions={<ButtonLink to={reservationsOf(sku)}>{t('inventory.show_held')}</ButtonLink>}
      />
      {stock.isError && !stock.data ? (
        <div className="card">
          <ErrorState error={stock.error} onRetry={() => void stock.refetch()} />
        </div>
      ) : (
        <div className="space-y-4">
          <StockCard
            sku={sku}
            levels={stock.data ? (stock.data.locations ?? []) : undefined}
            onChanged={onChanged}
          />
          <h2 className="pt-2 text-base font-semibold">{t('inventory.movements')}</h2>
          <DataList
            label={t('inventory.movements')}
            list={list}
            page={movements}
            columns={columns}
            idOf={idOf}
            empty={
              <EmptyState icon={<History />} title={t('inventory.no_movements')}>
                {t('inventory.no_movements_hint')}
                <Allowed to="inventory:write"> {t('inventory.no_movements_begin')}</Allowed>
              </EmptyState>
            }
          />
        </div>
      )}
    </>
  );
}
