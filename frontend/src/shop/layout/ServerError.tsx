import { useT } from '../i18n';
import { useTitle } from './useTitle';

/** Status 500, and whatever threw in the browser. Its link loads the page anew. */
export function ServerError() {
  const t = useT();
  useTitle(t('error.title'));
  return (
    <div className="wrap flex flex-col items-center py-24 text-center" role="alert">
      <p className="eyebrow">500</p>
      <h1 className="mt-3 font-display text-h1">{t('error.title')}</h1>
      <p className="mt-4 max-w-md text-muted">{t('error.detail')}</p>
      <button type="button" className="btn btn-primary mt-8" onClick={() => location.reload()}>
        {t('action.retry')}
      </button>
    </div>
  );
}
