import type { ReactNode } from 'react';
import { Dialog as Primitive } from 'radix-ui';
import { X } from 'lucide-react';
import { useT } from '@/admin/i18n';
import { cn } from './cn';
import { IconButton } from './button';

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  /** Buttons, at the bottom right. */
  actions?: ReactNode;
  size?: 'small' | 'normal' | 'large';
  children?: ReactNode;
}

const SIZES = { small: 'max-w-md', normal: 'max-w-xl', large: 'max-w-4xl' };

export function Dialog({
  open,
  onClose,
  title,
  description,
  actions,
  size,
  children,
}: DialogProps) {
  const t = useT();
  return (
    <Primitive.Root open={open} onOpenChange={(shown) => !shown && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Primitive.Content
          className={cn(
            'card fixed inset-x-3 top-[8vh] z-50 mx-auto flex max-h-[84vh] flex-col shadow-pop outline-none',
            SIZES[size ?? 'normal'],
          )}
          onOpenAutoFocus={(event) => {
            const content = event.currentTarget as HTMLElement;
            const field = content.querySelector<HTMLElement>(
              '[data-body] :is(input, select, textarea)',
            );
            if (!field) return;
            event.preventDefault();
            field.focus();
          }}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <div className="flex items-start justify-between gap-3 border-b border-line px-4 py-3">
            <div>
              <Primitive.Title className="text-base font-semibold">{title}</Primitive.Title>
              {description && (
                <Primitive.Description className="mt-0.5 text-muted">
                  {description}
                </Primitive.Description>
              )}
            </div>
            <Primitive.Close asChild>
              <IconButton label={t('action.close')} className="-mr-1.5">
                <X aria-hidden />
              </IconButton>
            </Primitive.Close>
          </div>
          {children && (
            <div data-body className="overflow-y-auto p-4">
              {children}
            </div>
          )}
          {actions && (
            <div className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">
              {actions}
            </div>
          )}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
