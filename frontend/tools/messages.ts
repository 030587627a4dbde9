import { readFile } from 'node:fs/promises';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';

const CATALOGUE = /\/locales\/([a-zA-Z-]+)\.json(?:\?(name|language|paying|account))?$/;

// Texts that no page of the first visit says: they come with the pages that do, in two parts.
export const LATER = new Map([
  ['paying', 'checkout field form pay problem'],
  [
    'account',
    'account addresses confirmed history login order orders overview profile register track',
  ],
]);

type Texts = Record<string, string>;

/**
 * Message catalogues are flat JSON files (`src/shop/locales/en.json`): key → ICU MessageFormat. They
 * are compiled at build time, so that no parser is shipped. Of the shop's, parts can be had:
 * `?name` is what the language calls itself, `?language` is the language with its formats and the
 * texts of a first visit, `?paying` and `?account` are the other texts. In tests `?language` has
 * them all.
 */
export function messages(): Plugin {
  const isTest = Boolean(process.env.VITEST);
  let source = '@/';
  return {
    name: 'sokoni-messages',
    enforce: 'pre',
    configResolved({ command, base }) {
      // Vite's server resolves no imports in what is JSON by its name: they are addresses there.
      if (command === 'serve' && !isTest) source = `${base}src/`;
    },
    load(id) {
      return CATALOGUE.exec(id)?.[2] ? readFile(id.replace(/\?\w+$/, ''), 'utf8') : undefined;
    },
    transform(json, id) {
      const found = CATALOGUE.exec(id);
      if (!found) return undefined;
      const [, locale = '', part] = found;
      const texts = JSON.parse(json) as Texts;
      const code = moduleOf(locale, part, texts, { isTest, source });
      return { code, map: null, moduleType: 'js' };
    },
  };
}

interface Place {
  isTest: boolean;
  /** What stands for `src/` in an import. */
  source: string;
}

function moduleOf(locale: string, part: string | undefined, texts: Texts, place: Place) {
  const { isTest, source } = place;
  if (part === 'name') return `export default ${JSON.stringify(texts['locale.name'] ?? locale)}`;
  const later = part && LATER.get(part);
  if (later) return `export default ${compiled(texts, (key) => isOf(later, key))}`;
  if (part === undefined) return `export default ${compiled(texts, () => true)}`;
  const first = compiled(texts, (key) => isTest || !isLater(key));
  const asModule = source === '@/' ? '' : '?import';
  return `import { createLanguage } from '${source}shared/i18n/index.ts';
import formats from '${source}shared/formats/${locale}.json${asModule}';
export default createLanguage('${locale}', ${first}, formats);`;
}

function isLater(key: string): boolean {
  return [...LATER.values()].some((nouns) => isOf(nouns, key));
}

/** Whether a key begins with one of these, which stand apart by spaces. */
function isOf(nouns: string, key: string): boolean {
  return nouns.split(' ').includes(key.split('.')[0] ?? '');
}

function compiled(texts: Texts, isWanted: (key: string) => boolean): string {
  const wanted = Object.entries(texts).filter(([key]) => isWanted(key));
  return JSON.stringify(
    Object.fromEntries(wanted.map(([key, text]) => [key, compileMessage(text)])),
  );
}
