import { Tag } from 'lucide-react';
import { defineFeature } from '@/admin/app/feature';

export default defineFeature({
  nav: [
    {
      to: '/products',
      label: 'nav.products',
      icon: Tag,
      permission: 'catalog:read',
      group: 'catalog',
      order: 100,
    },
  ],
  routes: [
    {
      path: 'products',
      permission: 'catalog:read',
      page: () => import('./pages/product-list'),
    },
  ],
});
