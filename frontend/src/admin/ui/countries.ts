import { useQuery } from '@tanstack/react-query';
import { usePreferences } from '@/admin/app/preferences';
import type { Choice } from './select';

type Names = Record<string, string>;

const FILES = import.meta.glob<{ default: Names }>('../../shared/formats/countries.*.json');

const file = (code: string) => FILES[`../../shared/formats/countries.${code}.json`];

async function read(locale: string): Promise<Names> {
  return (await (file(locale) ?? file('en'))?.())?.default ?? {};
}

/** Countries by their codes, in the language of whoever works here; until they are there, none. */
export function useCountryNames(): Names {
  const locale = usePreferences((state) => state.locale);
  const { data } = useQuery({
    queryKey: ['admin-countries', locale],
    queryFn: () => read(locale),
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
