import { useT } from '../../i18n';

export default function HomePage() {
  const t = useT();
  return <h1 className="wrap font-display text-h1">{t('home.hero.title')}</h1>;
}
