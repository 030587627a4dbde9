import { useSyncExternalStore } from 'react';
import { keys } from './storage';

export type Theme = 'light' | 'dark';

/**
 * The theme stands in `<html data-theme>`, set before the first paint by a script in the head that
 * reads the same key, as plain text, and else asks `prefers-color-scheme`.
 */
export function setTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(keys.theme, theme);
  } catch {
    // The choice then lasts as long as the page.
  }
}

export function currentTheme(): Theme {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
}

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

/** The theme on show; `light` on the server and while hydrating. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, currentTheme, () => 'light');
}
