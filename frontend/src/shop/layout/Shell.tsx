import { useT } from '../i18n';
import { PageSkeleton } from './PageSkeleton';

/** On the server: the place of a page that only the browser draws. */
export default function Shell() {
  const t = useT();
  return (
    <>
      <noscript>
        <p className="wrap pt-8">{t('layout.needsScript')}</p>
      </noscript>
      <PageSkeleton />
    </>
  );
}
