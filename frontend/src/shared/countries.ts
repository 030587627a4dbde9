import { useQuery } from '@tanstack/react-query';
import { countryNames, type CountryNames } from './formats/countries';
import { useLanguage } from './i18n';

/** Countries by their codes, in the page's language; until they are there, none. */
export function useCountryNames(): CountryNames {
  const { locale } = useLanguage();
  const { data } = useQuery({
    queryKey: ['countries', locale],
    queryFn: () => countryNames(locale),
    staleTime: Infinity,
  });
  return data ?? {};
}
