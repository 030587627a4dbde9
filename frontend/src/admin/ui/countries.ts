import { useQuery } from '@tanstack/react-query';
import { usePreferences } from '@/admin/app/preferences';
import { countryNames, type CountryNames } from '@/shared/formats/countries';
import type { Choice } from './select';

/** Countries by their codes, in the language of whoever works here; until they are there, none. */
export function useCountryNames(): CountryNames {
  const locale = usePreferences((state) => state.locale);
  const { data } = useQuery({
    queryKey: ['admin-countries', locale],
    queryFn: () => countryNames(locale),
    staleTime: Infinity,
  });
  return data ?? {};
}

/** All countries to choose from, by name. */
export function useCountryChoices(): Choice[] {
  const locale = usePreferences((state) => state.locale);
  return Object.entries(useCountryNames())
    .map(([value, label]) => ({ value, label }))
    .sort((one, other) => one.label.localeCompare(other.label, locale));
}
