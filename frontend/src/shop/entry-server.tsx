import { renderToString } from 'react-dom/server.browser';
import { StaticRouter } from 'react-router';
import { configureClient, createQueryClient } from '@/api/client';
import { fill } from '@/api/keys';
import type { Language } from '@/shared/i18n';
import { App } from './App';
import { DEFAULT_LOCALE, prefixOf } from './languages';
import type { Visit } from './visit';

const languages: Record<string, Language> = import.meta.glob<Language>('./locales/*.json', {
  eager: true,
  import: 'default',
  query: '?language',
});

const spoken = (locale: string) => languages[`./locales/${locale}.json`];

configureClient();

/** The page at a path (with the language's prefix and the query), from the state sent along. */
export function render(url: string, state: string): string {
  const visit = JSON.parse(state) as Visit;
  const language = spoken(visit.locale) ?? spoken(DEFAULT_LOCALE);
  if (!language) throw new Error(`No catalogue for ${visit.locale}`);
  const queries = createQueryClient();
  fill(queries, visit.queries);
  const html = renderToString(
    <StaticRouter basename={prefixOf(visit.locale) || '/'} location={url}>
      <App visit={visit} language={language} queries={queries} />
    </StaticRouter>,
  );
  queries.clear();
  return html;
}
