import type { ReactNode } from 'react';
import { useT } from '@/admin/i18n';
import { PageHeader, SubNav } from '@/admin/ui';

/** The head of the pages about stock. */
export function InventoryHeader({ actions }: { actions?: ReactNode }) {
  const t = useT();
  return (
    <>
      <PageHeader title={t('nav.inventory')} sub={t('inventory.page_hint')} actions={actions} />
      <SubNav
        label={t('nav.inventory')}
        links={[
          { to: '/inventory', label: t('inventory.levels') },
          { to: '/inventory/reservations', label: t('inventory.reservations') },
          { to: '/inventory/locations', label: t('inventory.locations') },
        ]}
      />
    </>
  );
}
