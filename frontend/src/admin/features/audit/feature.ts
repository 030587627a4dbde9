import { History } from 'lucide-react';
import { defineFeature } from '@/admin/app/feature';

const READ = 'audit:read';

export default defineFeature({
  nav: [
    {
      to: '/audit-log',
      label: 'nav.audit',
      icon: History,
      permission: READ,
      group: 'operations',
      order: 290,
      keywords: 'history changes who',
    },
  ],
  routes: [{ path: 'audit-log', permission: READ, page: () => import('./pages/audit-log') }],
});
