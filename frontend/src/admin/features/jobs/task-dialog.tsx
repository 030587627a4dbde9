import { useState } from 'react';
import type { ReactNode } from 'react';
import { RotateCcw } from 'lucide-react';
import { toast } from '@/admin/ui/toast';
import { adminTasksRetry } from '@/api/gen/sdk.gen';
import type { TaskOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { Button, ConfirmDialog, DateTime, Dialog, idempotent, toastProblem } from '@/admin/ui';
import { StateBadge } from './state';

interface TaskDialogProps {
  task: TaskOut;
  onClose: () => void;
  onRetried: () => unknown;
}

/** A task with what it was told to do and why it failed; one that was given up can be retried. */
export function TaskDialog({ task, onClose, onRetried }: TaskDialogProps) {
  const t = useT();
  const may = useMay();
  const [asking, setAsking] = useState(false);
  const [once] = useState(idempotent);
  const retry = async () => {
    try {
      await adminTasksRetry({ path: { task_id: task.id }, ...once, throwOnError: true });
    } catch (error) {
      toastProblem(error);
      throw error;
    }
    toast.success(t('jobs.queued_again', { name: task.name }));
    await onRetried();
  };
  const facts: [string, ReactNode][] = [
    [t('jobs.id'), <code key="id">{task.id}</code>],
    [t('jobs.attempts'), task.attempts],
    [t('jobs.created'), <DateTime key="created" value={task.created_at} />],
    [t('jobs.next_try'), <DateTime key="next" value={task.next_try_at} />],
    [t('jobs.finished'), <DateTime key="finished" value={task.finished_at} />],
  ];
  return (
    <Dialog
      open
      onClose={onClose}
      title={task.name}
      actions={
        task.state === 'dead' &&
        may('operations:write') && (
          <Button look="primary" onClick={() => setAsking(true)}>
            <RotateCcw aria-hidden />
            {t('jobs.retry')}
          </Button>
        )
      }
    >
      <StateBadge state={task.state} />
      <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
        {facts.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ))}
      </dl>
      {task.error && (
        <Text title={t('jobs.error')} className="bg-danger-tint text-danger">
          {task.error}
        </Text>
      )}
      <Text title={t('jobs.arguments')} className="bg-tile">
        {JSON.stringify(task.arguments, null, 2)}
      </Text>
      <ConfirmDialog
        open={asking}
        title={t('jobs.retry_title', { name: task.name })}
        confirm={t('jobs.retry')}
        onConfirm={retry}
        onClose={() => setAsking(false)}
      >
        {t('jobs.retry_text')}
      </ConfirmDialog>
    </Dialog>
  );
}

interface TextProps {
  title: string;
  className: string;
  children: string;
}

function Text({ title, className, children }: TextProps) {
  return (
    <>
      <h3 className="mt-5 mb-1.5 font-semibold">{title}</h3>
      <pre
        // What scrolls must be reachable by keyboard.
        // oxlint-disable-next-line no-noninteractive-tabindex
        tabIndex={0}
        className={`max-h-64 overflow-auto rounded-lg p-3 text-xs break-words whitespace-pre-wrap ${className}`}
      >
        {children}
      </pre>
    </>
  );
}
