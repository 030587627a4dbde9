import { Users } from 'lucide-react';
import { adminCustomersList } from '@/api/gen/sdk.gen';
import { defineFeature } from '@/admin/app/feature';

const READ = 'customers:read';

export default defineFeature({
  nav: [
    {
      to: '/customers',
      label: 'nav.customers',
      icon: Users,
      permission: READ,
      group: 'work',
      order: 20,
    },
  ],
  routes: [
    { path: 'customers', permission: READ, page: () => import('./pages/customer-list') },
    {
      path: 'customers/:customerId',
      permission: READ,
      page: () => import('./pages/customer-detail'),
    },
  ],
  palette: [
    {
      heading: 'nav.customers',
      permission: READ,
      search: async (words, signal) => {
        const { data } = await adminCustomersList({
          query: { q: words, limit: 6 },
          signal,
          throwOnError: true,
        });
        return data.items.map((customer) => ({
          id: customer.id,
          label: customer.name ?? customer.email,
          hint: customer.name ? customer.email : '',
          to: `/customers/${customer.id}`,
        }));
      },
    },
  ],
});
