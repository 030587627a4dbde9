import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';

interface Handlers {
  onPalette: () => void;
  onHelp: () => void;
}

const TAKES_LETTERS =
  'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]';

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches(TAKES_LETTERS);

/** Where `g` and then a letter leads. */
export const GO: Record<string, string> = { h: '/', o: '/orders', p: '/products', c: '/customers' };

/** Ctrl K, `?`, `/` and `g p` anywhere, unless somebody types. */
export function useShortcuts(handlers: Handlers) {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  const navigate = useNavigate();
  useEffect(() => {
    let afterG = 0;
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        latest.current.onPalette();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('[role=dialog], [role=menu]')) return;
      const to = GO[event.key];
      if (event.key === '?') latest.current.onHelp();
      else if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('[data-search]');
        if (search) event.preventDefault();
        search?.focus();
      } else if (event.key === 'g') afterG = event.timeStamp;
      else if (to && event.timeStamp - afterG < 1_000) void navigate(to);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate]);
}
