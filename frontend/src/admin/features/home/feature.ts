import { House } from 'lucide-react';
import { defineFeature } from '@/admin/app/feature';

export default defineFeature({
  nav: [{ to: '/', label: 'nav.home', icon: House, group: 'work', order: 0 }],
  routes: [{ path: '', page: () => import('./pages/home') }],
});
