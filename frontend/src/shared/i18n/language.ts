import { setupI18n, type Messages } from '@lingui/core';
import { createContext, use } from 'react';
import { formatDate, formatDateTime, formatDayAfter, type DateStyle } from '../dates';
import type { Formats } from '../formats';
import { formatMoney, formatNumber, type Money, type MoneyStyle } from '../money';

export type Values = Record<string, string | number>;
export type Translate<Key extends string = string> = (key: Key, values?: Values) => string;

/** What a page needs to speak one language. */
export interface Language {
  locale: string;
  formats: Formats;
  t: Translate;
  money: (money: Money, style?: MoneyStyle) => string;
  number: (value: number) => string;
  date: (moment: string | Date, style?: DateStyle, local?: boolean) => string;
  dateTime: (moment: string | Date, local?: boolean) => string;
  dayAfter: (from: Date, days: number) => string;
}

/** A catalogue as imported: its JSON text is compiled by the build (tools/messages.ts). */
export type Catalogue = Record<string, unknown>;

export function createLanguage(
  locale: string,
  catalogues: Catalogue[],
  formats: Formats,
): Language {
  const messages = Object.assign({}, ...catalogues) as Messages;
  const i18n = setupI18n({ locale, messages: { [locale]: messages } });
  return {
    locale,
    formats,
    t: (key, values) => i18n._(key, values),
    money: (money, style) => formatMoney(money, formats, style),
    number: (value) => formatNumber(value, formats),
    date: (moment, style, local) => formatDate(moment, formats, style, local),
    dateTime: (moment, local) => formatDateTime(moment, formats, local),
    dayAfter: (from, days) => formatDayAfter(from, days, formats),
  };
}

export const LanguageContext = createContext<Language | null>(null);

export function useLanguage(): Language {
  const language = use(LanguageContext);
  if (!language) throw new Error('No language around this component');
  return language;
}
