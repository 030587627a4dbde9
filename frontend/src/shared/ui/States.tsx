import type { ReactNode } from 'react';
import { asProblem } from '@/api/problem';
import { cx } from '../cx';
import { useLanguage } from '../i18n';

/** Nothing here: one sentence that says why, and what to do next. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center py-16 text-center">
      <p className="font-display text-h2">{title}</p>
      {children && <div className="mt-3 text-muted">{children}</div>}
      {action && <div className="mt-6">{action}</div>}
    </div>
  );
}

/** A part of the page that could not be read, with another try. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useLanguage();
  const offline = asProblem(error).status === 0;
  return (
    <div role="alert" className="mx-auto flex max-w-md flex-col items-center py-16 text-center">
      <p className="font-display text-h2">{t('error.title')}</p>
      <p className="mt-3 text-muted">{t(offline ? 'error.offline' : 'error.detail')}</p>
      {onRetry && (
        <button type="button" className="btn btn-ghost mt-6" onClick={onRetry}>
          {t('action.retry')}
        </button>
      )}
    </div>
  );
}

/** A grey place of the size of what comes. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cx('skeleton', className)} />;
}
