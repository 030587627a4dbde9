import type { TaskOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { DateTime } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { StateBadge } from './state';

export function useTaskColumns(open: (id: string) => void): Column<TaskOut>[] {
  const t = useT();
  return [
    {
      id: 'name',
      header: t('jobs.name'),
      fixed: true,
      cell: (task) => (
        <button
          type="button"
          className="font-mono text-[13px] after:absolute after:inset-0 hover:underline"
          onClick={() => open(task.id)}
        >
          {task.name}
        </button>
      ),
      text: (task) => task.name,
    },
    {
      id: 'state',
      header: t('jobs.state'),
      stack: 'corner',
      cell: (task) => <StateBadge state={task.state} />,
      text: (task) => t(`jobs.state_${task.state}`),
    },
    {
      id: 'attempts',
      header: t('jobs.attempts'),
      align: 'right',
      cell: (task) => task.attempts,
      text: (task) => task.attempts,
    },
    {
      id: 'error',
      header: t('jobs.error'),
      cell: (task) =>
        task.error ? (
          <span className="line-clamp-2 max-w-md text-[13px] break-words text-danger">
            {task.error}
          </span>
        ) : (
          <span className="text-muted">–</span>
        ),
      text: (task) => task.error ?? '',
    },
    {
      id: 'created',
      header: t('jobs.created'),
      cell: (task) => <DateTime value={task.created_at} relative />,
      text: (task) => task.created_at,
    },
    {
      id: 'next',
      header: t('jobs.next_try'),
      cell: (task) => <DateTime value={task.next_try_at} relative />,
      text: (task) => task.next_try_at ?? '',
    },
    {
      id: 'finished',
      header: t('jobs.finished'),
      hidden: true,
      cell: (task) => <DateTime value={task.finished_at} relative />,
      text: (task) => task.finished_at ?? '',
    },
  ];
}
