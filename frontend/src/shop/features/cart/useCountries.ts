import { useMemo } from 'react';
import { useCountryNames } from '@/shared/countries';
import { useShopLanguage } from '../../i18n';
import { useShop } from '../../shop';

export interface Country {
  code: string;
  name: string;
}

/** The countries that the shop delivers to, by their names in the page's language. */
export function useCountries(): Country[] {
  const { locale } = useShopLanguage();
  const { store } = useShop();
  const names = useCountryNames();
  return useMemo(() => {
    const codes = store.regions.flatMap(({ countries }) => countries);
    const all = codes.map((code) => ({ code, name: names[code] ?? code }));
    return all.sort((one, other) => one.name.localeCompare(other.name, locale));
  }, [store.regions, names, locale]);
}
