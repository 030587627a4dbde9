import { useT } from '../i18n';
import { useTitle } from './useTitle';

/**
 * What the service worker shows in the place of any page where there is no network. It is cached, so
 * it reads nothing, and it has no scripts: an empty address is that of the page that was wanted.
 */
export default function OfflinePage() {
  const t = useT();
  useTitle(t('offline.title'));
  return (
    <div id="offline" className="wrap flex flex-col items-center py-24 text-center">
      <h1 className="font-display text-h1">{t('offline.title')}</h1>
      <p className="mt-4 max-w-md text-muted">{t('offline.text')}</p>
      {/* The address it would be refused for is the very one to try again. */}
      {/* oxlint-disable-next-line jsx-a11y/anchor-is-valid */}
      <a href="" className="btn btn-primary mt-8">
        {t('action.retry')}
      </a>
    </div>
  );
}
