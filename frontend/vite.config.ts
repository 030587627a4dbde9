import { fileURLToPath } from 'node:url';
import { defineConfig, type BuildEnvironmentOptions } from 'vite';
import react from '@vitejs/plugin-react';
import tailwindcss from '@tailwindcss/vite';
import { devAdmin } from './tools/dev-admin';
import { withEntry, withoutStreams } from './tools/lean';
import { messages } from './tools/messages';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const backend = process.env.BACKEND_URL ?? 'http://127.0.0.1:8000';

/**
 * Shop and admin are built apart, so that a module of both carries in either only what that one
 * uses; both go into one directory, each with a manifest of its own (`.vite/shop.json`).
 */
function forBrowsers(app: string, entry: string): BuildEnvironmentOptions {
  return {
    outDir: '../src/sokoni/web/static',
    emptyOutDir: app === 'shop',
    copyPublicDir: app === 'shop',
    manifest: `.vite/${app}.json`,
    modulePreload: { polyfill: false },
    target: 'es2022',
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { [app]: here(entry) },
      output: { codeSplitting: { groups: [{ name: withEntry(here(entry)), debugName: 'core' }] } },
    },
  };
}

/** The shop once more, as one file that runs in the V8 inside the Python process. */
const forTheServer: BuildEnvironmentOptions = {
  ssr: 'src/shop/entry-server.tsx',
  outDir: '../src/sokoni/web/ssr',
  emptyOutDir: true,
  minify: true,
  copyPublicDir: false,
  rolldownOptions: {
    output: { format: 'iife', name: 'SSR', codeSplitting: false, entryFileNames: 'shop.js' },
  },
};

const BUILDS: Record<string, BuildEnvironmentOptions> = {
  shop: forBrowsers('shop', './src/shop/entry-client.tsx'),
  admin: forBrowsers('admin', './src/admin/main.tsx'),
  ssr: forTheServer,
};

export default defineConfig(({ command, mode }) => {
  const build = BUILDS[mode];
  if (command === 'build' && !build)
    throw new Error('Say what to build: --mode shop, admin or ssr');
  const ssr = mode === 'ssr';
  return {
    plugins: [react(), tailwindcss(), messages(), withoutStreams(), devAdmin()],
    base: '/static/',
    resolve: {
      alias: {
        '@': here('./src'),
        '#routes': here(ssr ? './src/shop/routes.server.ts' : './src/shop/routes.client.ts'),
      },
      ...(ssr ? { conditions: ['browser', 'module', 'import', 'default'] } : {}),
    },
    ...(ssr
      ? {
          define: { 'process.env.NODE_ENV': '"production"' },
          ssr: { noExternal: true as const, target: 'webworker' as const },
        }
      : {}),
    ...(build ? { build } : {}),
    // Pages may come from another origin (tools/develop.py), pictures and fonts come from here.
    server: { origin: process.env.VITE_URL, proxy: { '/api': backend, '/media': backend } },
    test: { environment: 'jsdom', setupFiles: ['./test/setup.ts'], globals: true, css: false },
  };
});
