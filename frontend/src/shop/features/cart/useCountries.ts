import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useShopLanguage } from '../../i18n';
import { useShop } from '../../shop';

export interface Country {
  code: string;
  name: string;
}

type Names = Record<string, string>;
const catalogues = import.meta.glob<Names>('/src/shared/formats/countries.*.json', {
  import: 'default',
});

/** The countries that the shop delivers to, by their names in the page's language. */
export function useCountries(): Country[] {
  const { locale } = useShopLanguage();
  const { store } = useShop();
  const { data: names } = useQuery({
    queryKey: ['countries', locale],
    queryFn: async () =>
      (await catalogues[`/src/shared/formats/countries.${locale}.json`]?.()) ?? {},
    staleTime: Infinity,
  });
  return useMemo(() => {
    const codes = store.regions.flatMap(({ countries }) => countries);
    const all = codes.map((code) => ({ code, name: names?.[code] ?? code }));
    return all.sort((one, other) => one.name.localeCompare(other.name, locale));
  }, [store.regions, names, locale]);
}
