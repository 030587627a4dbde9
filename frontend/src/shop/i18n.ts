import { useLanguage, type Language, type Translate } from '@/shared/i18n';
import type shop from './locales/en.json';

/** Every text of the shop, by the English catalogue. */
export type Key = keyof typeof shop;

/** The language of the page, with the shop's keys checked by the compiler. */
export function useShopLanguage(): Language & { t: Translate<Key> } {
  return useLanguage();
}

export function useT(): Translate<Key> {
  return useLanguage().t;
}
