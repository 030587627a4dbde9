import { useEffect } from 'react';
import { useT } from '@/admin/i18n';
import { useUnsavedGuard } from './use-unsaved-guard';

interface SaveBarProps {
  dirty: boolean;
  busy: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

/**
 * Replaces the top bar, in black, while a form has changes: save (Ctrl S) or discard. Leaving the
 * page asks first.
 */
export function SaveBar({ dirty, busy, onSave, onDiscard }: SaveBarProps) {
  const t = useT();
  const guard = useUnsavedGuard(dirty && !busy);
  useEffect(() => {
    if (!dirty || busy) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      onSave();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [dirty, busy, onSave]);
  const button = 'h-8 rounded-lg px-3 text-[13px] font-medium focus-visible:outline-white';
  return (
    <>
      {guard}
      {dirty && (
        <section
          aria-label={t('form.unsaved')}
          className="fixed inset-x-0 top-0 z-30 lg:left-[232px] flex h-13 items-center justify-between gap-3 bg-[#1b1a18] px-4 text-white sm:px-6 dark:border-b dark:border-line dark:bg-[#000]"
        >
          <output className="font-medium">{t('form.unsaved')}</output>
          <div className="flex gap-2">
            <button
              type="button"
              disabled={busy}
              onClick={onDiscard}
              className={`${button} hover:bg-white/15`}
            >
              {t('form.discard')}
            </button>
            <button
              type="button"
              disabled={busy}
              aria-busy={busy}
              onClick={onSave}
              className={`${button} bg-white text-[#1b1a18] hover:bg-white/90`}
            >
              {busy ? t('form.saving') : t('action.save')}
            </button>
          </div>
        </section>
      )}
    </>
  );
}
