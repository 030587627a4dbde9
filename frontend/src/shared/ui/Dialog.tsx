import { useEffect, useLayoutEffect, useRef, type MouseEvent, type ReactNode } from 'react';
import { cx } from '../cx';
import { modalClosed, modalOpened } from './modals';

interface Props {
  open: boolean;
  onClose: () => void;
  /** Read out when the dialog opens. */
  label: string;
  /** Where it comes from: drawers at the sides, a sheet from below, a card, the whole screen. */
  side: 'right' | 'left' | 'sheet' | 'modal' | 'full';
  className?: string;
  children: ReactNode;
}

/**
 * The browser's own modal dialog: it traps focus, closes on Escape and gives focus back to what
 * opened it. A press beside it closes it, too.
 */
export function Dialog({ open, onClose, label, side, className, children }: Props) {
  const ref = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) {
      dialog.showModal();
      modalOpened(dialog);
    }
    if (!open && dialog.open) dialog.close();
  }, [open]);

  // Taken off the page while open, it would not give the focus back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    return () => {
      dialog?.close();
      if (dialog) modalClosed(dialog);
    };
  }, []);

  const beside = (event: MouseEvent) => {
    if (event.target === ref.current) ref.current?.close();
  };

  return (
    // Escape and the close button do by keyboard what a press on the backdrop does.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={ref}
      aria-label={label}
      className={cx('dialog', `dialog-${side}`, className)}
      onClose={(event) => {
        modalClosed(event.currentTarget);
        onClose();
      }}
      onClick={beside}
    >
      {open && children}
    </dialog>
  );
}
