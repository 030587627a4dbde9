import { Globe } from 'lucide-react';
import { useState } from 'react';
import { Dialog } from '@/shared/ui';
import { useShopLanguage } from '../i18n';
import { useShop } from '../shop';
import { LocaleForm } from './LocaleForm';

/** Shows currency and language, and opens the choice of them. */
export function LocaleButton() {
  const { t, locale } = useShopLanguage();
  const { region } = useShop();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="flex h-11 items-center gap-2 rounded-full px-3 text-sm font-medium hover:bg-tile"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <Globe aria-hidden className="size-5" />
        <span className="sr-only">{t('locale.title')}: </span>
        {region.currency} · {locale.toUpperCase()}
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} label={t('locale.title')} side="modal">
        <div className="p-6">
          <h2 className="font-display text-h2">{t('locale.title')}</h2>
          <LocaleForm className="mt-5" />
          <button
            type="button"
            className="btn btn-primary mt-6 w-full"
            onClick={() => setOpen(false)}
          >
            {t('action.close')}
          </button>
        </div>
      </Dialog>
    </>
  );
}
