import type { Catalogue, Language } from '@/shared/i18n';
import { localeOf } from '.';

type Loads<What> = Record<string, () => Promise<What>>;

// Catalogues as the browser loads them: only those of the page. Its words come first; what is said
// by forms and at the checkout (`paying`), and about people and their orders (`account`), comes with
// the pages that say it.
const languages: Loads<Language> = import.meta.glob<Language>('../locales/*.json', {
  import: 'default',
  query: '?language',
});
const paying: Loads<Catalogue> = import.meta.glob<Catalogue>('../locales/*.json', {
  import: 'default',
  query: '?paying',
});
const account: Loads<Catalogue> = import.meta.glob<Catalogue>('../locales/*.json', {
  import: 'default',
  query: '?account',
});
const PARTS = { paying, account };

export type Words = keyof typeof PARTS;

/** The language of a page, by its code. */
export async function loadLanguage(locale: string): Promise<Language> {
  const load = languages[`../locales/${locale}.json`];
  if (!load) throw new Error(`No catalogue for ${locale}`);
  return load();
}

/** Teaches the page's language these words, which were left out at first. */
export async function loadWords(wanted: Words[]): Promise<void> {
  const locale = localeOf(location.pathname);
  const [language, ...parts] = await Promise.all([
    loadLanguage(locale),
    ...wanted.map((part) => PARTS[part][`../locales/${locale}.json`]?.()),
  ]);
  for (const words of parts) if (words) language.learn(words);
}
