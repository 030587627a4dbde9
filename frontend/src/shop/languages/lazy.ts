import type { Catalogue, Language } from '@/shared/i18n';
import { localeOf } from '.';

type Loads<What> = Record<string, () => Promise<What>>;

// Catalogues as the browser loads them: only those of the page. Its words come first; what is said
// by forms, at the checkout and about orders comes with the pages that say it.
const languages: Loads<Language> = import.meta.glob<Language>('../locales/*.json', {
  import: 'default',
  query: '?language',
});
const later: Loads<Catalogue> = import.meta.glob<Catalogue>('../locales/*.json', {
  import: 'default',
  query: '?later',
});

/** The language of a page, by its code. */
export async function loadLanguage(locale: string): Promise<Language> {
  const load = languages[`../locales/${locale}.json`];
  if (!load) throw new Error(`No catalogue for ${locale}`);
  return load();
}

/** Teaches the page's language the words that were left out at first. */
export async function loadAllWords(): Promise<void> {
  const locale = localeOf(location.pathname);
  const [language, words] = await Promise.all([
    loadLanguage(locale),
    later[`../locales/${locale}.json`]?.(),
  ]);
  if (words) language.learn(words);
}
