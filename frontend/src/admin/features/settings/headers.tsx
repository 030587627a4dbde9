import type { ReactNode } from 'react';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { PageHeader, SubNav } from '@/admin/ui';

/** The head of the pages about where the shop sells, with which taxes, and how it ships. */
export function MarketsHeader({ actions }: { actions: ReactNode }) {
  const t = useT();
  return (
    <>
      <PageHeader title={t('nav.markets')} sub={t('markets.hint')} actions={actions} />
      <SubNav
        label={t('nav.markets')}
        links={[
          { to: '/settings/markets', label: t('markets.regions') },
          { to: '/settings/markets/taxes', label: t('markets.taxes') },
          { to: '/settings/markets/shipping', label: t('markets.shipping') },
        ]}
      />
    </>
  );
}

/** The head of the pages about who may do what. */
export function StaffHeader({ actions }: { actions?: ReactNode }) {
  const t = useT();
  const may = useMay();
  return (
    <>
      <PageHeader title={t('nav.staff')} sub={t('staff.hint')} actions={actions} />
      <SubNav
        label={t('nav.staff')}
        links={[
          { to: '/settings/staff', label: t('staff.roles') },
          ...(may('customers:read')
            ? [{ to: '/settings/staff/people', label: t('staff.people') }]
            : []),
          { to: '/settings/staff/api-keys', label: t('staff.keys') },
        ]}
      />
    </>
  );
}
