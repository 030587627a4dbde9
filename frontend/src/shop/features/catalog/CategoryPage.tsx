import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { categoriesShowCategoryOptions } from '@/api/gen/@tanstack/react-query.gen';
import { asProblem } from '@/api/problem';
import { ErrorState } from '@/shared/ui';
import { NotFound } from '../../layout/NotFound';
import { Breadcrumbs } from './Breadcrumbs';
import { Prose } from './Prose';
import { Listing } from './listing/Listing';

/** What stands on a shelf and on those below it. */
export default function CategoryPage() {
  const { slug = '' } = useParams();
  const { data, error, refetch } = useQuery(
    categoriesShowCategoryOptions({ path: { id_or_slug: slug } }),
  );
  if (error) {
    if (asProblem(error).status === 404) return <NotFound />;
    return <ErrorState alone error={error} onRetry={() => void refetch()} />;
  }
  const above = data?.breadcrumbs.filter((crumb) => crumb.slug !== slug) ?? [];
  return (
    <div className="wrap pt-6">
      <Breadcrumbs
        way={above.map(({ name, slug: to }) => ({ name, to: `/c/${to}` }))}
        here={data?.name ?? ''}
      />
      <Listing
        key={slug}
        title={data?.name}
        category={slug}
        below={data?.children ?? []}
        intro={<Prose html={data?.description ?? ''} className="mt-3 text-muted" />}
      />
    </div>
  );
}
