import { readFile } from 'node:fs/promises';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';

const CATALOGUE = /\/locales\/[a-z-]+\.json(?:\?(first|later))?$/;

// Texts that no page of the first visit says: they come with the pages that do (`?later`).
const LATER = new Set(
  (
    'account addresses checkout confirmed field form history login order orders overview pay ' +
    'problem profile register track'
  ).split(' '),
);

/**
 * Message catalogues are flat JSON files (`src/shop/locales/en.json`): key → ICU MessageFormat. They
 * are compiled at build time, so that no parser is shipped. `?first` and `?later` name a part of a
 * file; in tests the first part is all of it.
 */
export function messages(): Plugin {
  const isTest = Boolean(process.env.VITEST);
  return {
    name: 'sokoni-messages',
    enforce: 'pre',
    load(id) {
      return CATALOGUE.exec(id)?.[1] ? readFile(id.replace(/\?\w+$/, ''), 'utf8') : undefined;
    },
    transform(code, id) {
      const found = CATALOGUE.exec(id);
      if (!found) return undefined;
      const catalogue = JSON.parse(code) as Record<string, string>;
      const part = isTest ? undefined : found[1];
      const wanted = Object.entries(catalogue).filter(
        ([key]) => !part || LATER.has(key.split('.')[0] ?? '') === (part === 'later'),
      );
      const compiled = Object.fromEntries(wanted.map(([key, text]) => [key, compileMessage(text)]));
      return { code: `export default ${JSON.stringify(compiled)}`, map: null, moduleType: 'js' };
    },
  };
}
