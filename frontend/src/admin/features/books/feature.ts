import { BookCheck, Scale } from 'lucide-react';
import { defineFeature } from '@/admin/app/feature';

export default defineFeature({
  nav: [
    {
      to: '/books',
      label: 'nav.books',
      icon: BookCheck,
      permission: 'operations:read',
      group: 'operations',
      order: 300,
      keywords: 'invariants laws audit check',
    },
    {
      to: '/trial-balance',
      label: 'nav.trial_balance',
      icon: Scale,
      permission: 'payments:read',
      group: 'operations',
      order: 310,
      keywords: 'ledger accounts debit credit books',
    },
  ],
  routes: [
    { path: 'books', permission: 'operations:read', page: () => import('./pages/laws') },
    {
      path: 'trial-balance',
      permission: 'payments:read',
      page: () => import('./pages/trial-balance'),
    },
  ],
});
