import { useQuery } from '@tanstack/react-query';
import { adminTasksSchedulesOptions } from '@/api/gen/@tanstack/react-query.gen';
import type { TurnOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Badge, DateTime, EmptyState, ErrorState, Table } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { JobsHeader } from '../header';

export default function Schedules() {
  const t = useT();
  const schedules = useQuery({ ...adminTasksSchedulesOptions(), refetchInterval: 15_000 });
  const columns: Column<TurnOut>[] = [
    {
      id: 'name',
      header: t('jobs.name'),
      cell: (turn) => <span className="font-mono text-[13px]">{turn.name}</span>,
    },
    {
      id: 'last',
      header: t('jobs.last_run'),
      cell: (turn) => <DateTime value={turn.last_run_at} relative />,
    },
    {
      id: 'outcome',
      header: t('jobs.outcome'),
      cell: (turn) =>
        turn.last_error ? (
          <span className="block max-w-md">
            <Badge tone="danger">{t('jobs.failed')}</Badge>
            <span className="mt-1 block text-[13px] break-words text-danger">
              {turn.last_error}
            </span>
          </span>
        ) : turn.last_run_at ? (
          <Badge tone="good">{t('jobs.went_well')}</Badge>
        ) : (
          <span className="text-muted">{t('jobs.never_ran')}</span>
        ),
    },
    {
      id: 'next',
      header: t('jobs.next_run'),
      cell: (turn) => <DateTime value={turn.next_run_at} relative />,
    },
  ];
  return (
    <>
      <JobsHeader />
      <div className="card overflow-hidden">
        {schedules.isError && !schedules.data ? (
          <ErrorState error={schedules.error} onRetry={() => void schedules.refetch()} />
        ) : schedules.data?.items.length === 0 ? (
          <EmptyState title={t('jobs.no_schedules')}>{t('jobs.no_schedules_hint')}</EmptyState>
        ) : (
          <Table
            label={t('jobs.schedules')}
            columns={columns}
            rows={schedules.data?.items}
            idOf={(turn) => turn.name}
          />
        )}
      </div>
    </>
  );
}
