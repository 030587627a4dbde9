import { Link } from '@/shop/Link';
import { useT } from '../i18n';
import { useTitle } from './useTitle';

/** Status 404. */
export function NotFound() {
  const t = useT();
  useTitle(t('notFound.title'));
  return (
    <div className="wrap flex flex-col items-center py-24 text-center">
      <p className="eyebrow">404</p>
      <h1 className="mt-3 font-display text-h1">{t('notFound.title')}</h1>
      <p className="mt-4 max-w-md text-muted">{t('notFound.text')}</p>
      <div className="mt-8 flex flex-wrap justify-center gap-3">
        <Link to="/products" className="btn btn-primary">
          {t('notFound.browse')}
        </Link>
        <Link to="/search" className="btn btn-ghost">
          {t('search.open')}
        </Link>
      </div>
    </div>
  );
}
