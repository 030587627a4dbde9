import { Globe, Store, Users } from 'lucide-react';
import { defineFeature } from '@/admin/app/feature';

const MARKETS = 'markets:write';
const STAFF = 'staff:write';

export default defineFeature({
  nav: [
    {
      to: '/settings/store',
      label: 'nav.store',
      icon: Store,
      permission: MARKETS,
      group: 'settings',
      order: 400,
      keywords: 'shop name currency support settings',
    },
    {
      to: '/settings/markets',
      label: 'nav.markets',
      icon: Globe,
      permission: MARKETS,
      group: 'settings',
      order: 410,
      keywords: 'regions countries tax rates vat shipping options delivery',
    },
    {
      to: '/settings/staff',
      label: 'nav.staff',
      icon: Users,
      permission: STAFF,
      group: 'settings',
      order: 420,
      keywords: 'roles permissions users api keys',
    },
  ],
  routes: [
    { path: 'settings/store', permission: MARKETS, page: () => import('./pages/store') },
    { path: 'settings/markets', permission: MARKETS, page: () => import('./pages/regions') },
    { path: 'settings/markets/taxes', permission: MARKETS, page: () => import('./pages/taxes') },
    {
      path: 'settings/markets/shipping',
      permission: MARKETS,
      page: () => import('./pages/shipping'),
    },
    { path: 'settings/staff', permission: STAFF, page: () => import('./pages/roles') },
    {
      path: 'settings/staff/people',
      permission: 'customers:read',
      page: () => import('./pages/people'),
    },
    { path: 'settings/staff/api-keys', permission: STAFF, page: () => import('./pages/api-keys') },
  ],
});
