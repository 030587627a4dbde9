import { setupI18n } from '@lingui/core';
import type { Messages } from '@lingui/core';
import { keepLocale, usePreferences } from './app/preferences';
import en from './locales/en.json';

/**
 * The admin's texts. English is always there and stands in for what another language lacks; each
 * other language is one file in `locales`, loaded when it is chosen.
 */
export type MessageKey = keyof typeof en;
export type Values = Record<string, string | number>;

type Catalogue = { default: Messages };
const others = import.meta.glob<Catalogue>(['./locales/*.json', '!./locales/en.json']);
const english = en as unknown as Messages;
const i18n = setupI18n({ locale: 'en', messages: { en: english } });

/** The languages there are, by code. */
export const LOCALES = ['en', ...Object.keys(others).map((path) => path.slice(10, -5))];

export function t(key: MessageKey, values?: Values): string {
  return i18n._(key, values);
}

/** A key put together at run time, such as a status; the text itself when there is no such key. */
export function tAny(key: string, fallback: string): string {
  return key in english ? i18n._(key) : fallback;
}

/** `t`, drawn again when the language changes. */
export function useT(): typeof t {
  usePreferences((state) => state.locale);
  return t;
}

export async function setLocale(locale: string): Promise<void> {
  const load = others[`./locales/${locale}.json`];
  if (load) i18n.loadAndActivate({ locale, messages: { ...english, ...(await load()).default } });
  else i18n.loadAndActivate({ locale: 'en', messages: english });
  keepLocale(i18n.locale);
}
