import type { ReactNode } from 'react';
import { cx } from '@/shared/cx';

interface Props {
  /** While it is being sent: it then takes no second press, but keeps the focus. */
  busy: boolean;
  danger?: boolean;
  className?: string;
  children: ReactNode;
}

export function SubmitButton({ busy, danger = false, className, children }: Props) {
  return (
    <button
      type="submit"
      aria-disabled={busy || undefined}
      className={cx('btn', danger ? 'btn-danger' : 'btn-primary', className)}
      onClick={(event) => {
        if (busy) event.preventDefault();
      }}
    >
      {children}
    </button>
  );
}
