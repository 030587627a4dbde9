import { useT } from '../i18n';
import { useShop } from '../shop';

/** Where the shop delivers and what its prices mean there. */
export function Announcement() {
  const t = useT();
  const { region } = useShop();
  return (
    <aside
      aria-label={t('announcement.label')}
      className="no-print bg-brand px-4 py-2 text-center text-[13px] font-medium text-brand-ink"
    >
      {t(region.tax_inclusive ? 'announcement.taxIn' : 'announcement.taxOut', {
        region: region.name,
        currency: region.currency,
      })}
    </aside>
  );
}
