import { Dialog } from '@/shared/ui';
import { useT } from '../i18n';
import { LocaleForm } from './LocaleForm';

/** The choice of region and language, over the page. */
export default function LocaleDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  return (
    <Dialog open onClose={onClose} label={t('locale.title')} side="modal">
      <div className="p-6">
        <h2 className="font-display text-h2">{t('locale.title')}</h2>
        <LocaleForm className="mt-5" />
        <button type="button" className="btn btn-primary mt-6 w-full" onClick={onClose}>
          {t('action.close')}
        </button>
      </div>
    </Dialog>
  );
}
