import { FileQuestion } from 'lucide-react';
import { useT } from '@/admin/i18n';
import { ButtonLink, EmptyState, PageHeader } from '@/admin/ui';

export function NotFound() {
  const t = useT();
  return (
    <>
      <PageHeader title={t('not_found.title')} />
      <div className="card">
        <EmptyState
          icon={<FileQuestion />}
          title={t('not_found.text')}
          action={<ButtonLink to="/">{t('not_found.home')}</ButtonLink>}
        />
      </div>
    </>
  );
}
