import { Link } from '@/shop/Link';
import { useT } from '../../i18n';

interface Crumb {
  name: string;
  to: string;
}

/** The way from the home page to here; the last one is the page itself. */
export function Breadcrumbs({ way, here }: { way: Crumb[]; here: string }) {
  const t = useT();
  return (
    <nav aria-label={t('breadcrumbs.label')} className="no-print text-sm text-muted">
      <ol className="flex min-w-0 gap-x-2 overflow-x-auto whitespace-nowrap [scrollbar-width:none]">
        {[{ name: t('breadcrumbs.home'), to: '/' }, ...way].map(({ name, to }) => (
          <li key={to} className="flex gap-2">
            <Link to={to} className="inline-block py-1 hover:text-ink hover:underline">
              {name}
            </Link>
            <span aria-hidden className="py-1">
              /
            </span>
          </li>
        ))}
        <li aria-current="page" className="py-1 text-ink">
          {here}
        </li>
      </ol>
    </nav>
  );
}
