import { Award, FolderTree, Tag, Upload } from 'lucide-react';
import { adminProductsListProducts } from '@/api/gen/sdk.gen';
import { defineFeature } from '@/admin/app/feature';
import { t } from '@/admin/i18n';

const READ = 'catalog:read';
const WRITE = 'catalog:write';

export default defineFeature({
  nav: [
    {
      to: '/products',
      label: 'nav.products',
      icon: Tag,
      permission: READ,
      group: 'catalog',
      order: 100,
    },
    {
      to: '/categories',
      label: 'nav.categories',
      icon: FolderTree,
      permission: READ,
      group: 'catalog',
      order: 110,
    },
    {
      to: '/brands',
      label: 'nav.brands',
      icon: Award,
      permission: READ,
      group: 'catalog',
      order: 120,
    },
    {
      to: '/imports',
      label: 'nav.imports',
      icon: Upload,
      permission: READ,
      group: 'catalog',
      order: 190,
      keywords: 'csv export shopify',
    },
  ],
  routes: [
    { path: 'products', permission: READ, page: () => import('./pages/product-list') },
    { path: 'products/:productId', permission: READ, page: () => import('./pages/product-edit') },
    {
      path: 'products/:productId/preview',
      permission: READ,
      page: () => import('./pages/preview'),
    },
    { path: 'categories', permission: READ, page: () => import('./pages/categories') },
    { path: 'brands', permission: READ, page: () => import('./pages/brands') },
    { path: 'imports', permission: READ, page: () => import('./pages/imports') },
    { path: 'imports/new', permission: WRITE, page: () => import('./pages/import-new') },
    { path: 'imports/:importId', permission: READ, page: () => import('./pages/import-detail') },
  ],
  palette: [
    {
      heading: 'nav.products',
      permission: READ,
      search: async (words, signal) => {
        const { data } = await adminProductsListProducts({
          query: { q: words, limit: 6 },
          signal,
          throwOnError: true,
        });
        return data.items.map((row) => ({
          id: row.id,
          label: row.title,
          hint: t(`products.status_${row.status}`),
          to: `/products/${row.id}`,
        }));
      },
    },
  ],
  actions: [{ label: 'products.add', to: '/products?new', permission: WRITE }],
});
