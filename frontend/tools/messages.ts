import { compileMessage } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';

/**
 * Message catalogues are flat JSON files (`src/shop/locales/en.json`): key → ICU MessageFormat. They
 * are compiled at build time, so that no parser is shipped.
 */
export function messages(): Plugin {
  return {
    name: 'sokoni-messages',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/locales\/[a-z-]+\.json$/.test(id)) return undefined;
      const catalogue = JSON.parse(code) as Record<string, string>;
      const compiled = Object.fromEntries(
        Object.entries(catalogue).map(([key, text]) => [key, compileMessage(text)]),
      );
      return { code: `export default ${JSON.stringify(compiled)}`, map: null, moduleType: 'js' };
    },
  };
}
