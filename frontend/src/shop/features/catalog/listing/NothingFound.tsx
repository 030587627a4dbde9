import { EmptyState } from '@/shared/ui';
import { Link } from '@/shop/Link';
import { useSearchParams } from '@/shop/useSearchParams';
import { useT } from '../../../i18n';
import { active, cleared, hrefOf } from './filters';

/** No product is like that: too many filters, or an empty shelf. */
export function NothingFound() {
  const t = useT();
  const [address] = useSearchParams();
  const narrowed = active(address).length > 0;
  return (
    <EmptyState
      title={t(narrowed ? 'listing.noneMatches' : 'listing.none')}
      action={
        <Link to={narrowed ? hrefOf(cleared(address)) : '/products'} className="btn btn-primary">
          {t(narrowed ? 'filter.clear' : 'notFound.browse')}
        </Link>
      }
    >
      {t(narrowed ? 'listing.noneFiltered' : 'listing.noneHere')}
    </EmptyState>
  );
}
