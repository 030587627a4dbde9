import type { Message } from '@/shared/i18n/messages';

type Messages = Record<string, Message>;

export const DEFAULT_LOCALE = 'en';

/** The languages beside English, by code: each is one file in `locales`, loaded when it is chosen. */
export const languages = Object.fromEntries(
  Object.entries(
    import.meta.glob<Messages>(['../locales/*.json', '!../locales/en.json'], { import: 'default' }),
  ).map(([file, load]) => [file.slice('../locales/'.length, -'.json'.length), load]),
);

/** All of them, by code. */
export const LOCALES = [DEFAULT_LOCALE, ...Object.keys(languages)];

/** A language in its own words: `sw` → `Kiswahili`. */
export function languageName(code: string): string {
  const name = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}
