import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useT } from '@/admin/i18n';
import { Button, IconButton } from './button';
import { cn } from './cn';
import { dismiss, useToasts } from './toast';

const ICONS = { plain: null, success: CircleCheck, error: CircleAlert };

/** Where toasts appear; they are read out as they come. Once per application. */
export function Toasts() {
  const t = useT();
  const { toasts } = useToasts();
  return (
    <div
      aria-live="polite"
      className="pointer-events-none fixed right-4 bottom-4 left-4 z-[60] flex flex-col items-end gap-2"
    >
      {toasts.map(({ id, tone, text, description, action }) => {
        const Icon = ICONS[tone];
        return (
          <div
            key={id}
            className={cn(
              'card pointer-events-auto flex w-full max-w-sm items-start gap-2.5 p-2 pl-3 shadow-pop',
              tone === 'error' && 'border-danger/50',
            )}
          >
            {Icon && (
              <Icon
                aria-hidden
                className={cn(
                  'mt-2 size-4 shrink-0',
                  tone === 'error' ? 'text-danger' : 'text-good',
                )}
              />
            )}
            <div className="min-w-0 flex-1 py-1.5">
              <p className="font-medium">{text}</p>
              {description && <p className="text-[13px] break-words text-muted">{description}</p>}
            </div>
            {action && (
              <Button
                size="small"
                onClick={() => {
                  action.onClick();
                  dismiss(id);
                }}
              >
                {action.label}
              </Button>
            )}
            <IconButton label={t('action.close')} className="size-8!" onClick={() => dismiss(id)}>
              <X aria-hidden />
            </IconButton>
          </div>
        );
      })}
    </div>
  );
}
