import { useT } from '@/admin/i18n';
import { PageHeader } from './page-header';
import { ErrorState } from './states';

interface PageErrorProps {
  error: unknown;
  onRetry: () => void;
  /** The list that the page belongs to. */
  back?: { to: string; label: string };
}

/** Instead of a page whose thing could not be read: why, and the ways on. */
export function PageError({ error, onRetry, back }: PageErrorProps) {
  const t = useT();
  return (
    <>
      <PageHeader title={t('error.page')} {...(back && { back })} />
      <div className="card">
        <ErrorState error={error} onRetry={onRetry} />
      </div>
    </>
  );
}
