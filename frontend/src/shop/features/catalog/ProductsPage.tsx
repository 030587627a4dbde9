import { useT } from '../../i18n';

export default function ProductsPage() {
  const t = useT();
  return <h1 className="wrap font-display text-h1">{t('listing.all')}</h1>;
}
