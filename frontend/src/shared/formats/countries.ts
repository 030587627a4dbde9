/** Countries by their codes. */
export type CountryNames = Record<string, string>;

const FILES = import.meta.glob<CountryNames>('./countries.*.json', { import: 'default' });

/** In a language, or in English where it has none. */
export async function countryNames(locale: string): Promise<CountryNames> {
  const load = FILES[`./countries.${locale}.json`] ?? FILES['./countries.en.json'];
  return (await load?.()) ?? {};
}
