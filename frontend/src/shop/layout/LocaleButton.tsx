import { Globe } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useShopLanguage } from '../i18n';
import { useShop } from '../shop';

const LocaleDialog = lazy(() => import('./LocaleDialog'));

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
      {open && (
        <Suspense>
          <LocaleDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
