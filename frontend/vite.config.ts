import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import react from '@vitejs/plugin-react';
import tailwindcss from '@tailwindcss/vite';
import { devAdmin } from './tools/dev-admin';
import { messages } from './tools/messages';
import { perApp } from './tools/per-app';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const backend = process.env.BACKEND_URL ?? 'http://127.0.0.1:8000';

// Three entries: the shop and the admin for browsers, and the shop once more as one file that
// runs in the V8 inside the Python process (`--mode ssr`).
export default defineConfig(({ mode }) => {
  const ssr = mode === 'ssr';
  return {
    plugins: [react(), tailwindcss(), messages(), devAdmin(), perApp()],
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
          build: {
            ssr: 'src/shop/entry-server.tsx',
            outDir: '../src/sokoni/web/ssr',
            emptyOutDir: true,
            minify: true,
            copyPublicDir: false,
            rolldownOptions: {
              output: {
                format: 'iife' as const,
                name: 'SSR',
                codeSplitting: false,
                entryFileNames: 'shop.js',
              },
            },
          },
        }
      : {
          build: {
            outDir: '../src/sokoni/web/static',
            emptyOutDir: true,
            manifest: true,
            modulePreload: { polyfill: false },
            target: 'es2022',
            assetsInlineLimit: 0,
            rolldownOptions: {
              input: {
                shop: here('./src/shop/entry-client.tsx'),
                admin: here('./src/admin/main.tsx'),
              },
            },
          },
        }),
    server: { proxy: { '/api': backend, '/media': backend } },
    test: { environment: 'jsdom', setupFiles: ['./test/setup.ts'], globals: true, css: false },
  };
});
