import { FileQuestion } from 'lucide-react';
import { useT } from '@/admin/i18n';
import { ButtonLink, EmptyState } from '@/admin/ui';

export function NotFound() {
  const t = useT();
  return (
    <EmptyState
      icon={<FileQuestion />}
      title={t('not_found.title')}
      action={<ButtonLink to="/">{t('not_found.home')}</ButtonLink>}
    >
      {t('not_found.text')}
    </EmptyState>
  );
}
