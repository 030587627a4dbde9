import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { cx } from '../cx';
import { useLanguage } from '../i18n';
import { useTopModal } from './modals';
import { dismiss, useToasts } from './toasting';

/** Toasts and what is only said, in the topmost modal dialog if there is one. Once per application. */
export function Toasts() {
  const modal = useTopModal();
  return modal ? createPortal(<Messages key="modal" above />, modal) : <Messages />;
}

function Messages({ above = false }: { above?: boolean }) {
  const { t } = useLanguage();
  const { toasts } = useToasts();
  return (
    <>
      <Said />
      <div
        aria-live="polite"
        className={cx(
          'no-print pointer-events-none fixed inset-x-4 z-50 flex flex-col items-center gap-2',
          // The foot of a dialog is where its buttons are.
          above ? 'top-16' : 'bottom-4',
        )}
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

/** Screen readers read what changes in a region that is there: a new one begins empty. */
function Said() {
  const { said } = useToasts();
  const region = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (region.current) region.current.textContent = said;
  }, [said]);
  return <div ref={region} aria-live="polite" className="sr-only" />;
}
