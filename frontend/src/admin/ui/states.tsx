import type { ReactNode } from 'react';
import { CircleAlert } from 'lucide-react';
import { useT } from '@/admin/i18n';
import { cn } from './cn';
import { Button } from './button';
import { toProblem } from './problem';

/** A grey place of the size of what is to come: a line of text, unless another height is said. */
export function Skeleton({ className = '' }: { className?: string }) {
  const isLine = !/(^|\s)(h|size)-/.test(className);
  return <div aria-hidden className={cn('skeleton', isLine && 'h-4', className)} />;
}

/** Cards while a page loads. */
export function PageSkeleton() {
  const t = useT();
  return (
    <output aria-label={t('state.loading')} className="block space-y-4">
      <Skeleton className="h-8 w-56" />
      <Skeleton className="h-40 rounded-xl" />
      <Skeleton className="h-64 rounded-xl" />
    </output>
  );
}

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** What will be here, and how to make it so. */
  children?: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-4 py-14 text-center">
      {icon && (
        <div
          aria-hidden
          className="mb-3 grid size-11 place-items-center rounded-xl bg-tile text-muted [&_svg]:size-5"
        >
          {icon}
        </div>
      )}
      <p className="text-base font-semibold">{title}</p>
      {children && <div className="mt-1 text-muted">{children}</div>}
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

/** Why something could not be shown, with a way to try again and a number to quote. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useT();
  const problem = toProblem(error);
  return (
    <div
      role="alert"
      className="mx-auto flex max-w-md flex-col items-center px-4 py-14 text-center"
    >
      <CircleAlert aria-hidden className="mb-3 size-7 text-danger" />
      <p className="text-base font-semibold">{problem.title}</p>
      <p className="mt-1 text-muted">{problem.detail}</p>
      {problem.request_id && (
        <p className="mt-1 text-[13px] text-muted">
          {t('error.request', { id: problem.request_id })}
        </p>
      )}
      {onRetry && (
        <Button className="mt-4" onClick={onRetry}>
          {t('action.retry')}
        </Button>
      )}
    </div>
  );
}
