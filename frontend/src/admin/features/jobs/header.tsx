import { useT } from '@/admin/i18n';
import { PageHeader, SubNav } from '@/admin/ui';

/** The head of the pages about background work. */
export function JobsHeader() {
  const t = useT();
  return (
    <>
      <PageHeader title={t('nav.jobs')} sub={t('jobs.hint')} />
      <SubNav
        label={t('nav.jobs')}
        links={[
          { to: '/jobs', label: t('jobs.tasks') },
          { to: '/jobs/schedules', label: t('jobs.schedules') },
        ]}
      />
    </>
  );
}
