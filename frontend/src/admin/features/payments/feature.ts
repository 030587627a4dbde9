import { CreditCard } from 'lucide-react';
import { defineFeature } from '@/admin/app/feature';

const READ = 'payments:read';

export default defineFeature({
  nav: [
    {
      to: '/payments',
      label: 'nav.payments',
      icon: CreditCard,
      permission: READ,
      group: 'work',
      order: 30,
      keywords: 'stripe webhook refund',
    },
  ],
  routes: [{ path: 'payments', permission: READ, page: () => import('./pages/payment-list') }],
});
