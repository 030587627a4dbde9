import { createContext, use } from 'react';
import { formatDate, formatDateTime, formatDayAfter, type DateStyle } from '../dates';
import type { Formats } from '../formats';
import { formatMoney, formatNumber, type Money, type MoneyStyle } from '../money';
import { speak, type Message, type Values } from './messages';

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
  /** Adds texts that were not loaded at first. */
  learn: (catalogue: Catalogue) => void;
}

/** A catalogue as imported: its JSON text is compiled by the build (tools/messages.ts). */
export type Catalogue = Record<string, unknown>;

export function createLanguage(locale: string, catalogue: Catalogue, formats: Formats): Language {
  const messages = { ...catalogue } as Record<string, Message>;
  const number = (value: number) => formatNumber(value, formats);
  const counting = { rules: new Intl.PluralRules(locale), number };
  return {
    locale,
    formats,
    number,
    t: (key, values = {}) => speak(messages[key] ?? key, values, counting),
    money: (money, style) => formatMoney(money, formats, style),
    date: (moment, style, local) => formatDate(moment, formats, style, local),
    dateTime: (moment, local) => formatDateTime(moment, formats, local),
    dayAfter: (from, days) => formatDayAfter(from, days, formats),
    learn: (catalogue) => void Object.assign(messages, catalogue),
  };
}

export const LanguageContext = createContext<Language | null>(null);

export function useLanguage(): Language {
  const language = use(LanguageContext);
  if (!language) throw new Error('No language around this component');
  return language;
}
