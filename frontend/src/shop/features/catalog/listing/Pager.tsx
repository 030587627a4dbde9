import type { MouseEvent } from 'react';
import { ErrorState } from '@/shared/ui';
import { Link } from '@/shop/Link';
import { useSearchParams } from '@/shop/useSearchParams';
import { useT } from '../../../i18n';
import { hrefOf } from './filters';
import type { Listed } from './useListing';

/**
 * A real link to the next page, which a plain press loads below this one instead. From a further
 * page one leads back to the first: cursors only go forward, so there is no previous one to name.
 */
export function Pager({ listed }: { listed: Listed }) {
  const t = useT();
  const [address] = useSearchParams();
  const { next, total, products, isLoadingMore, error, retry, loadMore } = listed;
  const start = new URLSearchParams(address);
  start.delete('cursor');
  const more = new URLSearchParams(start);
  if (next) more.set('cursor', next);

  const stay = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    loadMore();
  };

  if (error) return <ErrorState error={error} onRetry={retry} />;
  if (!next && !address.has('cursor')) return null;
  return (
    <nav aria-label={t('pager.label')} className="mt-14 flex flex-col items-center gap-4">
      {total !== null && !address.has('cursor') && (
        <p className="text-sm text-muted">{t('pager.shown', { shown: products.length, total })}</p>
      )}
      <div className="flex gap-3">
        {address.has('cursor') && (
          <Link to={hrefOf(start)} className="btn btn-ghost">
            {t('pager.first')}
          </Link>
        )}
        {next && (
          <Link
            to={hrefOf(more)}
            rel="next"
            className="btn btn-ghost"
            aria-disabled={isLoadingMore || undefined}
            onClick={stay}
          >
            {t(isLoadingMore ? 'state.loading' : 'pager.more')}
          </Link>
        )}
      </div>
    </nav>
  );
}
