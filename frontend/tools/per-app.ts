import type { Plugin } from 'vite';

const ADMIN = '?admin';
const OWN =
  /\/src\/api\/gen\/(index|sdk\.gen|@tanstack\/react-query\.gen)\.ts$|\/node_modules\/react-router\//;

/**
 * Gives the admin copies of its own of the generated calls and of the router. A module of both
 * applications is one chunk with whatever either needs of it: buyers would load every call of the
 * office, and the router's data mode. The client that the calls go through stays shared.
 */
export function perApp(): Plugin {
  return {
    name: 'sokoni-per-app',
    apply: 'build',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (!importer || !(importer.includes('/src/admin/') || importer.endsWith(ADMIN))) {
        return undefined;
      }
      const from = importer.endsWith(ADMIN) ? importer.slice(0, -ADMIN.length) : importer;
      const found = await this.resolve(source, from, { ...options, skipSelf: true });
      return found && OWN.test(found.id) ? { ...found, id: found.id + ADMIN } : found;
    },
  };
}
