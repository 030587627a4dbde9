import { Link } from '@/shop/Link';
import { useT } from '../i18n';
import { useTitle } from './useTitle';

/** Status 404, or 410 of what was sold here once. */
export function NotFound({ gone = false }) {
  const t = useT();
  const title = t(gone ? 'gone.title' : 'notFound.title');
  useTitle(title);
  return (
    <div className="wrap flex flex-col items-center py-24 text-center">
      <p className="eyebrow">{gone ? 410 : 404}</p>
      <h1 className="mt-3 font-display text-h1">{title}</h1>
      <p className="mt-4 max-w-md text-muted">{t(gone ? 'gone.text' : 'notFound.text')}</p>
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
