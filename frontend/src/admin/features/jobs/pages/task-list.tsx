import { useMemo } from 'react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Cog } from 'lucide-react';
import { adminTasksListOptions, adminTasksListQueryKey } from '@/api/gen/@tanstack/react-query.gen';
import { adminTasksList } from '@/api/gen/sdk.gen';
import type { JobState, TaskKind, TaskOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { DataList, EmptyState, useList } from '@/admin/ui';
import type { BuiltInView, Filter } from '@/admin/ui';
import { useOpened } from '@/admin/ui/list/use-opened';
import { useTaskColumns } from '../columns';
import { JobsHeader } from '../header';
import { JOB_STATES } from '../state';
import { TaskDialog } from '../task-dialog';

const idOf = (task: TaskOut) => task.id;

function useTaskList() {
  const t = useT();
  const filters = useMemo<Filter[]>(
    () => [
      {
        id: 'kind',
        label: t('jobs.kind'),
        kind: 'choice',
        choices: [{ value: 'event', label: t('jobs.kind_event') }],
      },
      {
        id: 'state',
        label: t('jobs.state'),
        kind: 'choice',
        choices: JOB_STATES.map((value) => ({ value, label: t(`jobs.state_${value}`) })),
      },
      { id: 'name', label: t('jobs.name'), kind: 'text', placeholder: 'payments.send_refund' },
    ],
    [t],
  );
  const views = useMemo(() => {
    const view = (id: string, label: string, params: Record<string, string>): BuiltInView => ({
      id,
      label,
      params,
    });
    return [
      view('jobs', t('jobs.view_jobs'), {}),
      view('dead', t('jobs.view_dead'), { state: 'dead' }),
      view('events', t('jobs.view_events'), { kind: 'event' }),
      view('dead-events', t('jobs.view_dead_events'), { kind: 'event', state: 'dead' }),
    ];
  }, [t]);
  return useList({ id: 'tasks', filters, views });
}

export default function TaskList() {
  const t = useT();
  const cache = useQueryClient();
  const list = useTaskList();
  const opened = useOpened('task');
  const [kind, state, name] = [list.value('kind'), list.value('state'), list.value('name')];
  const query = {
    ...(kind && { kind: kind as TaskKind }),
    ...(state && { state: state as JobState }),
    ...(name && { name }),
  };
  const page = useQuery({
    ...adminTasksListOptions({
      query: { ...query, limit: 50, ...(list.cursor && { cursor: list.cursor }) },
    }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });
  const task = page.data?.items.find((item) => item.id === opened.id);
  return (
    <>
      <JobsHeader />
      <DataList
        label={t('jobs.tasks')}
        list={list}
        page={page}
        columns={useTaskColumns(opened.open)}
        idOf={idOf}
        csv={{
          name: 'jobs-view.csv',
          page: async (cursor) => {
            const { data } = await adminTasksList({
              query: { ...query, limit: 100, ...(cursor && { cursor }) },
              throwOnError: true,
            });
            return data;
          },
        }}
        empty={
          <EmptyState icon={<Cog />} title={t('jobs.empty')}>
            {t('jobs.empty_hint')}
          </EmptyState>
        }
      />
      {task && (
        <TaskDialog
          key={task.id}
          task={task}
          onClose={opened.close}
          onRetried={async () => {
            await cache.invalidateQueries({ queryKey: adminTasksListQueryKey() });
            void cache.invalidateQueries({ queryKey: ['nav-count', '/jobs'] });
          }}
        />
      )}
    </>
  );
}
