import { useMemo } from 'react';
import { useCountryNames } from '@/shared/countries';
import { useShopLanguage } from './i18n';
import { useShop } from './shop';

export interface Country {
  code: string;
  name: string;
}

/**
 * The countries that the shop delivers to, by their names in the page's language. One that is
 * chosen already is among them even if the shop does not deliver there any more.
 */
export function useCountries(chosen = ''): Country[] {
  const { locale } = useShopLanguage();
  const { store } = useShop();
  const names = useCountryNames();
  return useMemo(() => {
    const codes = new Set(store.regions.flatMap(({ countries }) => countries));
    if (chosen) codes.add(chosen);
    const all = [...codes].map((code) => ({ code, name: names[code] ?? code }));
    return all.sort((one, other) => one.name.localeCompare(other.name, locale));
  }, [store.regions, names, locale, chosen]);
}
