export const DEFAULT_LOCALE = 'en';

// A language is a file in `locales`; `locale.name` in it is what it calls itself.
const names: Record<string, string> = import.meta.glob<string>('../locales/*.json', {
  eager: true,
  import: 'default',
  query: '?name',
});

/** The languages of the shop by their own names. The first needs no prefix in the path. */
export const LANGUAGES: Record<string, string> = Object.fromEntries([
  [DEFAULT_LOCALE, ''],
  ...Object.entries(names).map(([file, name]) => [codeOf(file), name]),
]);

/** `../locales/sw.json` → `sw` */
export function codeOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1, -'.json'.length);
}

/** `/sw/products` → `sw` */
export function localeOf(pathname: string): string {
  const first = pathname.split('/')[1] ?? '';
  return first !== DEFAULT_LOCALE && first in LANGUAGES ? first : DEFAULT_LOCALE;
}

/** What stands before every path of a language: nothing, or `/sw`. */
export function prefixOf(locale: string): string {
  return locale === DEFAULT_LOCALE ? '' : `/${locale}`;
}

/** The same page in another language. */
export function inLanguage(locale: string, pathname: string): string {
  const own = prefixOf(localeOf(pathname));
  const bare = pathname.slice(own.length) || '/';
  const path = prefixOf(locale) + bare;
  return path.length > 1 ? path.replace(/\/$/, '') : path;
}
