// First-load budgets: walks Vite's manifest per route, adds up what a browser fetches (brotli) and
// fails when a limit is passed. No browser needed. Limits are in kilobytes.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const SHOP = 'src/shop/entry-client.tsx';
const ADMIN = 'src/admin/main.tsx';
const out = fileURLToPath(new URL('../../src/sokoni/web/static/', import.meta.url));
const manifest = JSON.parse(readFileSync(`${out}.vite/manifest.json`, 'utf8'));

// Page → [entry, the chunk that draws it, limit]. A page whose chunk is not built yet is left out.
const ROUTES = {
  'shop, shared by all': [SHOP, null, 100],
  home: [SHOP, 'HomePage.tsx', 105],
  list: [SHOP, 'ProductsPage.tsx', 105],
  product: [SHOP, 'ProductPage.tsx', 105],
  checkout: [SHOP, 'CheckoutPage.tsx', 125],
  'admin, product list': [ADMIN, /admin\/features\/products\/.*list.*\.tsx$/i, 150],
  'admin, product editor': [ADMIN, /admin\/features\/products\/.*edit.*\.tsx$/i, 170],
  'admin, dashboard': [ADMIN, /admin\/features\/(home|dashboard)\/.*\.tsx$/i, 240],
};
const SHOP_CSS = 12;
const FONTS = 60;

const sizes = new Map();
function size(file) {
  if (!sizes.has(file)) {
    const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
    sizes.set(file, brotliCompressSync(readFileSync(out + file), options).length);
  }
  return sizes.get(file);
}

function withImports(key, seen = new Set()) {
  if (!seen.has(key)) {
    seen.add(key);
    for (const next of manifest[key]?.imports ?? []) withImports(next, seen);
  }
  return seen;
}

function named(wanted, entry) {
  const folder = entry === SHOP ? 'src/shop/' : 'src/admin/';
  const fits = (key) => (typeof wanted === 'string' ? key.endsWith(`/${wanted}`) : wanted.test(key));
  return Object.keys(manifest).filter((key) => key.startsWith(folder) && fits(key));
}

let failed = false;
function compare(name, bytes, limit) {
  const kilobytes = bytes / 1024;
  const isOver = kilobytes > limit;
  failed ||= isOver;
  console.log(
    `${isOver ? '✗' : '✓'} ${name.padEnd(24)} ${kilobytes.toFixed(1).padStart(6)} of ${limit} KB`,
  );
}

const sum = (files) => [...files].reduce((total, file) => total + size(file), 0);
const scripts = (keys) => new Set([...keys].map((key) => manifest[key].file));

for (const [name, [entry, wanted, limit]] of Object.entries(ROUTES)) {
  if (!manifest[entry]) continue;
  const keys = withImports(entry);
  const pages = wanted ? named(wanted, entry) : [];
  if (wanted && pages.length === 0) continue;
  // A page's language comes with it; one is as large as the other.
  if (entry === SHOP) {
    for (const key of named('languages/en.ts', SHOP)) withImports(key, keys);
  }
  for (const page of pages) withImports(page, keys);
  compare(name, sum(scripts(keys)), limit);
}

if (manifest[SHOP]) {
  const styles = new Set([...withImports(SHOP)].flatMap((key) => manifest[key].css ?? []));
  compare('shop, styles', sum(styles), SHOP_CSS);
}
const FIRST_FONT = /^instrument-(sans|serif)-latin-(?!ext)[a-z0-9-]*-normal-.*\.woff2$/;
const fonts = readdirSync(`${out}assets`).filter((file) => FIRST_FONT.test(file));
const bytes = fonts.reduce((total, file) => total + readFileSync(`${out}assets/${file}`).length, 0);
compare('shop, fonts', bytes, FONTS);

process.exit(failed ? 1 : 0);
