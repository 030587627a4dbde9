import { useT } from '../i18n';
import { SubmitButton } from './SubmitButton';

/** The end of a form in a dialog or a card. */
export function SaveButtons({ busy, onCancel }: { busy: boolean; onCancel: () => void }) {
  const t = useT();
  return (
    <div className="flex flex-col gap-3 sm:flex-row">
      <SubmitButton busy={busy}>{t('action.save')}</SubmitButton>
      <button type="button" className="btn btn-ghost" onClick={onCancel}>
        {t('action.cancel')}
      </button>
    </div>
  );
}
