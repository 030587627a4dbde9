import { useT } from '../../i18n';

export default function SearchPage() {
  const t = useT();
  return <h1 className="wrap font-display text-h1">{t('search.title')}</h1>;
}
