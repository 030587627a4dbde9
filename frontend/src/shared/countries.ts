import { useQuery } from '@tanstack/react-query';
import { useLanguage } from './i18n';

type Names = Record<string, string>;

const NAMES: Record<string, () => Promise<{ default: Names }>> = {
  en: () => import('./formats/countries.en.json'),
  sw: () => import('./formats/countries.sw.json'),
};

/** Countries by their codes, in the page's language; until they are there, none. */
export function useCountryNames(): Names {
  const { locale } = useLanguage();
  const { data } = useQuery({
    queryKey: ['countries', locale],
    queryFn: async () => (await (NAMES[locale] ?? NAMES.en)?.())?.default ?? {},
    staleTime: Infinity,
  });
  return data ?? {};
}
