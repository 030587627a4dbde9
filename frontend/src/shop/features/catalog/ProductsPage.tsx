import { useT } from '../../i18n';
import { Breadcrumbs } from './Breadcrumbs';
import { Listing } from './listing/Listing';

/** Everything the shop sells. */
export default function ProductsPage() {
  const t = useT();
  return (
    <div className="wrap pt-6">
      <Breadcrumbs way={[]} here={t('listing.all')} />
      <Listing title={t('listing.all')} />
    </div>
  );
}
