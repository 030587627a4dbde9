import { Boxes } from 'lucide-react';
import { adminInventoryList, adminTodoShow } from '@/api/gen/sdk.gen';
import { defineFeature } from '@/admin/app/feature';
import { skuPath } from './links';

const READ = 'inventory:read';

async function lowLevels(): Promise<number> {
  const { data } = await adminTodoShow({ throwOnError: true });
  return data.low_stock ?? 0;
}

export default defineFeature({
  nav: [
    {
      to: '/inventory',
      label: 'nav.inventory',
      icon: Boxes,
      permission: READ,
      group: 'catalog',
      order: 130,
      count: lowLevels,
      keywords: 'stock levels sku locations warehouse reservations low',
    },
  ],
  routes: [
    { path: 'inventory', permission: READ, page: () => import('./pages/levels') },
    { path: 'inventory/skus/:sku', permission: READ, page: () => import('./pages/sku') },
    {
      path: 'inventory/reservations',
      permission: READ,
      page: () => import('./pages/reservations'),
    },
    { path: 'inventory/locations', permission: READ, page: () => import('./pages/locations') },
  ],
  palette: [
    {
      heading: 'inventory.skus',
      permission: READ,
      search: async (words, signal) => {
        const { data } = await adminInventoryList({
          query: { q: words, limit: 12 },
          signal,
          throwOnError: true,
        });
        // One line for each location; the SKU's page tells of them all.
        const bySku = new Map(data.items.map((level) => [level.sku, level]));
        return [...bySku.values()].slice(0, 5).map((level) => ({
          id: level.sku,
          label: level.sku,
          hint: level.title,
          to: skuPath(level.sku),
        }));
      },
    },
  ],
});
