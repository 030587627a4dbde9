import { useT } from '../i18n';
import { useTitle } from './useTitle';

/** What the service worker shows where there is no network. It is cached, so it reads nothing. */
export default function OfflinePage() {
  const t = useT();
  useTitle(t('offline.title'));
  return (
    <div className="wrap flex flex-col items-center py-24 text-center">
      <h1 className="font-display text-h1">{t('offline.title')}</h1>
      <p className="mt-4 max-w-md text-muted">{t('offline.text')}</p>
      <button type="button" className="btn btn-primary mt-8" onClick={() => location.reload()}>
        {t('action.retry')}
      </button>
    </div>
  );
}
