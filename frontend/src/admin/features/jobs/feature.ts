import { Cog } from 'lucide-react';
import { adminTodoShow } from '@/api/gen/sdk.gen';
import { defineFeature } from '@/admin/app/feature';

const READ = 'operations:read';

async function deadLetters(): Promise<number> {
  const { data } = await adminTodoShow({ throwOnError: true });
  return data.dead_letters ?? 0;
}

export default defineFeature({
  nav: [
    {
      to: '/jobs',
      label: 'nav.jobs',
      icon: Cog,
      permission: READ,
      group: 'operations',
      order: 320,
      count: deadLetters,
      keywords: 'tasks events queue worker dead letters retry schedules',
    },
  ],
  routes: [
    { path: 'jobs', permission: READ, page: () => import('./pages/task-list') },
    { path: 'jobs/schedules', permission: READ, page: () => import('./pages/schedules') },
  ],
});
