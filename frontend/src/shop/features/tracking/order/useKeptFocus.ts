import { useEffect, useRef } from 'react';

/** With a new status buttons go away; if one of them had the focus, the page takes it over. */
export function useKeptFocus(status: string): void {
  const before = useRef(status);
  useEffect(() => {
    if (before.current === status) return;
    before.current = status;
    if (document.activeElement === document.body) {
      document.getElementById('main')?.focus({ preventScroll: true });
    }
  }, [status]);
}
