import { X } from 'lucide-react';
import { cx } from '../cx';
import { useLanguage } from '../i18n';
import { dismiss, useToasts } from './toasting';

/** Where toasts appear, and the live region for what is only said. Once per application. */
export function Toasts() {
  const { t } = useLanguage();
  const { toasts, said } = useToasts();
  return (
    <>
      <div aria-live="polite" className="sr-only">
        {said}
      </div>
      <div
        aria-live="polite"
        className="no-print pointer-events-none fixed inset-x-4 bottom-4 z-50 flex flex-col items-center gap-2"
      >
        {toasts.map(({ id, text, tone, action }) => (
          <div
            key={id}
            className={cx(
              'pointer-events-auto flex max-w-md items-center gap-3 rounded-btn py-1 pr-1 pl-4 text-sm',
              tone === 'problem' ? 'bg-sale text-paper' : 'bg-ink text-paper',
            )}
          >
            <span className="py-2">{text}</span>
            {action && (
              <button
                type="button"
                className="min-h-9 px-2 font-semibold underline underline-offset-4"
                onClick={() => {
                  action.run();
                  dismiss(id);
                }}
              >
                {action.label}
              </button>
            )}
            <button
              type="button"
              aria-label={t('action.close')}
              className="grid size-9 place-items-center"
              onClick={() => dismiss(id)}
            >
              <X aria-hidden className="size-4" />
            </button>
          </div>
        ))}
      </div>
    </>
  );
}
