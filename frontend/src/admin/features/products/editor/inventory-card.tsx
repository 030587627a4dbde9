import { lazy, Suspense, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import {
  adminLocationsListOptions,
  inventoryGetStockOptions,
} from '@/api/gen/@tanstack/react-query.gen';
import type { LocationOut, StaffProduct, StockAtLocation } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import {
  Badge,
  Button,
  ButtonLink,
  Card,
  EmptyState,
  ErrorState,
  Field,
  Select,
  Table,
} from '@/admin/ui';
import type { Column } from '@/admin/ui';

const AdjustDialog = lazy(async () => ({
  default: (await import('@/admin/features/inventory')).AdjustDialog,
}));

// So that a telephone shows all of it.
const NARROW = 'max-sm:px-1.5';

/** What lies where; a location that never had any of it is open to the first. */
function everywhere(
  levels: readonly StockAtLocation[],
  locations: readonly LocationOut[],
): StockAtLocation[] {
  const known = new Set(levels.map((level) => level.id));
  const others = locations.filter((place) => place.is_active && !known.has(place.id));
  return [
    ...levels,
    ...others.map(({ id, name, is_active }) => ({
      id,
      name,
      is_active,
      on_hand: 0,
      reserved: 0,
      available: 0,
      low_stock_threshold: null,
    })),
  ];
}

/** What of each variant lies where. Stock is moved by adjustments with a reason, never typed over. */
export function InventoryCard({ product }: { product: StaffProduct }) {
  const t = useT();
  const may = useMay();
  const [chosen, setChosen] = useState(product.variants[0]?.sku ?? '');
  const [adjusting, setAdjusting] = useState<StockAtLocation>();
  const sku = product.variants.some((variant) => variant.sku === chosen)
    ? chosen
    : (product.variants[0]?.sku ?? '');
  const stock = useQuery({
    ...inventoryGetStockOptions({ path: { sku } }),
    enabled: sku !== '',
    staleTime: 0,
  });
  const locations = useQuery({ ...adminLocationsListOptions(), staleTime: 60_000 });
  const known = stock.data && locations.data;
  const rows = known && everywhere(stock.data.locations ?? [], locations.data.items);
  const failed = [stock, locations].find((query) => query.isError);
  const columns: Column<StockAtLocation>[] = [
    { id: 'name', header: t('inventory.location'), fixed: true, cell: (row) => row.name },
    {
      id: 'on_hand',
      header: t('inventory.on_hand'),
      align: 'right',
      className: NARROW,
      cell: (row) => row.on_hand,
    },
    {
      id: 'reserved',
      header: t('inventory.reserved'),
      align: 'right',
      className: NARROW,
      cell: (row) => row.reserved,
    },
    {
      id: 'available',
      header: t('inventory.available'),
      align: 'right',
      className: NARROW,
      cell: (row) =>
        row.low_stock_threshold !== null && row.available <= row.low_stock_threshold ? (
          <Badge tone="warn">{row.available}</Badge>
        ) : (
          row.available
        ),
    },
  ];
  if (may('inventory:write')) {
    columns.push({
      id: 'adjust',
      header: '',
      align: 'right',
      className: NARROW,
      cell: (row) => (
        <Button size="small" className="relative" onClick={() => setAdjusting(row)}>
          {t('inventory.adjust')}
        </Button>
      ),
    });
  }
  return (
    <Card title={t('inventory.title')} hint={t('inventory.hint')} flush>
      {product.variants.length > 1 && (
        <Field label={t('variants.variant')} className="max-w-sm px-4 pb-3">
          <Select
            value={sku}
            onChange={(event) => setChosen(event.target.value)}
            choices={product.variants.map((variant) => ({
              value: variant.sku,
              label: `${variant.title} · ${variant.sku}`,
            }))}
          />
        </Field>
      )}
      {failed ? (
        <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
      ) : rows?.length === 0 ? (
        <EmptyState
          title={t('inventory.none')}
          action={
            may('inventory:write') && (
              <ButtonLink to="/inventory/locations">{t('inventory.add_location')}</ButtonLink>
            )
          }
        >
          {t('inventory.none_hint')}
        </EmptyState>
      ) : (
        <div className="border-t border-line">
          <Table
            label={t('inventory.title')}
            columns={columns}
            rows={rows}
            idOf={(row) => row.id}
            skeletonRows={2}
          />
        </div>
      )}
      {adjusting && (
        <Suspense>
          <AdjustDialog
            sku={sku}
            level={adjusting}
            onClose={() => setAdjusting(undefined)}
            onDone={() => stock.refetch()}
          />
        </Suspense>
      )}
    </Card>
  );
}
