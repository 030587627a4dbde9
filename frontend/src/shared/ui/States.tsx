import type { ReactNode } from 'react';
import { asProblem } from '@/api/problem';
import { cx } from '../cx';
import { useLanguage } from '../i18n';

/** Nothing here: one sentence that says why, and what to do next. `alone`, it is the whole page. */
export function EmptyState({
  title,
  children,
  action,
  alone = false,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  alone?: boolean;
}) {
  const Heading = alone ? 'h1' : 'h2';
  return (
    <div className="mx-auto flex max-w-md flex-col items-center py-16 text-center">
      <Heading className="font-display text-h2">{title}</Heading>
      {children && <div className="mt-3 text-muted">{children}</div>}
      {action && <div className="mt-6">{action}</div>}
    </div>
  );
}

/** A page, or a part of one, that could not be read, with another try. */
export function ErrorState({
  error,
  onRetry,
  alone = false,
}: {
  error: unknown;
  onRetry?: () => void;
  alone?: boolean;
}) {
  const { t } = useLanguage();
  const offline = asProblem(error).status === 0;
  const Heading = alone ? 'h1' : 'h2';
  return (
    <div role="alert" className="mx-auto flex max-w-md flex-col items-center py-16 text-center">
      <Heading className="font-display text-h2">{t('error.title')}</Heading>
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
