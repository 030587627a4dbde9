import { speak, type Message, type Values } from '@/shared/i18n/messages';
import { DEFAULT_LOCALE, languages } from './app/languages';
import { keepLocale, usePreferences } from './app/preferences';
import en from './locales/en.json';

/**
 * The admin's texts. English is always there and stands in for what another language lacks; each
 * other language is one file in `locales`, loaded when it is chosen.
 */
export type MessageKey = keyof typeof en;
export type { Values };

type Messages = Record<string, Message>;
const english = en as unknown as Messages;
let spoken = inLanguage(DEFAULT_LOCALE, english);

/** A language with how it counts: its plural forms, and its way to write a number. */
function inLanguage(locale: string, messages: Messages) {
  const written = new Intl.NumberFormat(locale);
  const number = (value: number) => written.format(value);
  return { locale, messages, counting: { rules: new Intl.PluralRules(locale), number } };
}

export function t(key: MessageKey, values: Values = {}): string {
  return speak(spoken.messages[key] ?? key, values, spoken.counting);
}

/** A key put together at run time, such as a status; the text itself when there is no such key. */
export function tAny(key: string, fallback: string): string {
  return key in english ? t(key as MessageKey) : fallback;
}

/** `t`, drawn again when the language changes. */
export function useT(): typeof t {
  usePreferences((state) => state.locale);
  return t;
}

export async function setLocale(locale: string): Promise<void> {
  const load = languages[locale];
  spoken = load
    ? inLanguage(locale, { ...english, ...(await load()) })
    : inLanguage(DEFAULT_LOCALE, english);
  keepLocale(spoken.locale);
}
