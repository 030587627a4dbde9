import { ShoppingCart } from 'lucide-react';
import { adminOrdersSearch, adminTodoShow } from '@/api/gen/sdk.gen';
import { defineFeature } from '@/admin/app/feature';
import { money } from '@/admin/ui/format';
import { orderStatus } from './status';

const READ = 'orders:read';

export default defineFeature({
  nav: [
    {
      to: '/orders',
      label: 'nav.orders',
      icon: ShoppingCart,
      permission: READ,
      group: 'work',
      order: 10,
      count: async () => {
        const { data } = await adminTodoShow({ throwOnError: true });
        return data.to_fulfil ?? 0;
      },
    },
  ],
  routes: [
    { path: 'orders', permission: READ, page: () => import('./pages/order-list') },
    {
      path: 'orders/packing-slips',
      permission: READ,
      page: () => import('./pages/packing-slip'),
    },
    { path: 'orders/:orderId', permission: READ, page: () => import('./pages/order-detail') },
    {
      path: 'orders/:orderId/packing-slip',
      permission: READ,
      page: () => import('./pages/packing-slip'),
    },
  ],
  palette: [
    {
      heading: 'nav.orders',
      permission: READ,
      search: async (words, signal) => {
        const { data } = await adminOrdersSearch({
          query: { q: words, limit: 6 },
          signal,
          throwOnError: true,
        });
        return data.items.map((order) => ({
          id: order.id,
          label: `${order.number} · ${order.shipping_address.name}`,
          hint: `${orderStatus(order.status)} · ${money(order.totals.grand_total)}`,
          to: `/orders/${order.id}`,
        }));
      },
    },
  ],
});
