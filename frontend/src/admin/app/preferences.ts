import { create } from 'zustand';
import { DEFAULT_LOCALE, LOCALES } from './languages';

export type Theme = 'light' | 'dark' | 'system';
export type Density = 'comfortable' | 'compact';

/** What this browser remembers of how somebody likes to work. */
interface Preferences {
  theme: Theme;
  locale: string;
  density: Density;
}

const PREFIX = 'sokoni.';
const read = (name: string) => window.localStorage.getItem(PREFIX + name);

function firstLocale(): string {
  const wanted = read('admin.locale') ?? navigator.language.split('-')[0] ?? '';
  return LOCALES.includes(wanted) ? wanted : DEFAULT_LOCALE;
}

function firstTheme(): Theme {
  const kept = read('theme');
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

export const usePreferences = create<Preferences>(() => ({
  theme: firstTheme(),
  locale: firstLocale(),
  density: read('admin.density') === 'compact' ? 'compact' : 'comfortable',
}));

const dark = () => window.matchMedia('(prefers-color-scheme: dark)').matches;

function paint(theme: Theme) {
  const shown = theme === 'system' ? (dark() ? 'dark' : 'light') : theme;
  document.documentElement.dataset.theme = shown;
}

export function setTheme(theme: Theme) {
  if (theme === 'system') window.localStorage.removeItem(`${PREFIX}theme`);
  else window.localStorage.setItem(`${PREFIX}theme`, theme);
  usePreferences.setState({ theme });
  paint(theme);
}

export function setDensity(density: Density) {
  window.localStorage.setItem(`${PREFIX}admin.density`, density);
  usePreferences.setState({ density });
}

export function keepLocale(locale: string) {
  window.localStorage.setItem(`${PREFIX}admin.locale`, locale);
  document.documentElement.lang = locale;
  usePreferences.setState({ locale });
}

/** Follow the system's theme while nobody has chosen one. */
export function startTheme() {
  paint(usePreferences.getState().theme);
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    paint(usePreferences.getState().theme);
  });
}
