// First-load budgets: walks Vite's manifests per route, adds up what a browser fetches (brotli) and
// fails when a limit is passed. No browser needed. Limits are in kilobytes.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const SHOP = 'src/shop/entry-client.tsx';
const ADMIN = 'src/admin/main.tsx';
// Another build's directory may be named: `node tools/budget.mjs /tmp/static/`.
const built = fileURLToPath(new URL('../../src/sokoni/web/static/', import.meta.url));
const out = process.argv[2] ? `${process.argv[2]}/` : built;
const read = (name) => JSON.parse(readFileSync(`${out}.vite/${name}.json`, 'utf8'));
const manifests = { [SHOP]: read('shop'), [ADMIN]: read('admin') };

// Page → [entry, the chunk that draws it, limit, words it needs beside those of the door]. A page
// with a form, or with one behind a button, has what the checkout has: react-hook-form and zod.
const PAYING = ['paying'];
const ALL = ['paying', 'account'];
const ROUTES = {
  'shop, shared by all': [SHOP, null, 100],
  home: [SHOP, 'HomePage.tsx', 105],
  list: [SHOP, 'ProductsPage.tsx', 105],
  category: [SHOP, 'CategoryPage.tsx', 105],
  search: [SHOP, 'SearchPage.tsx', 105],
  product: [SHOP, 'ProductPage.tsx', 105],
  cart: [SHOP, 'CartPage.tsx', 105, PAYING],
  account: [SHOP, 'OverviewPage.tsx', 105, ALL],
  'account, orders': [SHOP, 'OrdersPage.tsx', 105, ALL],
  'account, order': [SHOP, /account\/orders\/OrderPage\.tsx$/, 125, ALL],
  'account, addresses': [SHOP, 'AddressesPage.tsx', 125, ALL],
  'account, profile': [SHOP, 'ProfilePage.tsx', 125, ALL],
  login: [SHOP, 'LoginPage.tsx', 125, ALL],
  checkout: [SHOP, 'CheckoutPage.tsx', 125, PAYING],
  'admin, product list': [ADMIN, /admin\/features\/products\/.*list.*\.tsx$/i, 150],
  'admin, product editor': [ADMIN, /admin\/features\/products\/.*edit.*\.tsx$/i, 170],
  'admin, dashboard': [ADMIN, /admin\/features\/(home|dashboard)\/.*\.tsx$/i, 240],
};
// What is fetched when it is first opened → [the chunk, limit].
const OPENED = {
  'shop, cart drawer': ['CartPanel.tsx', 8],
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

function withImports(manifest, key, seen = new Set()) {
  if (!seen.has(key)) {
    seen.add(key);
    for (const next of manifest[key]?.imports ?? []) withImports(manifest, next, seen);
  }
  return seen;
}

function named(manifest, wanted) {
  const fits = (key) =>
    typeof wanted === 'string' ? key.endsWith(`/${wanted}`) : wanted.test(key);
  return Object.keys(manifest).filter(fits);
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
const files = (manifest, keys) => new Set([...keys].map((key) => manifest[key].file));

/** What everybody has: the entry, and in the shop a language; one is as large as the other. */
function shared(entry) {
  const manifest = manifests[entry];
  const keys = withImports(manifest, entry);
  if (entry === SHOP) withImports(manifest, named(manifest, 'locales/en.json?language')[0], keys);
  return keys;
}

function chunks(name, manifest, wanted) {
  const found = named(manifest, wanted);
  if (found.length === 0) throw new Error(`No chunk of ${name} was built`);
  return found;
}

for (const [name, [entry, wanted, limit, words = []]] of Object.entries(ROUTES)) {
  const manifest = manifests[entry];
  const keys = shared(entry);
  const fetched = wanted ? chunks(name, manifest, wanted) : [];
  for (const part of words) fetched.push(...chunks(name, manifest, `locales/en.json?${part}`));
  for (const chunk of fetched) withImports(manifest, chunk, keys);
  compare(name, sum(files(manifest, keys)), limit);
}

for (const [name, [wanted, limit]] of Object.entries(OPENED)) {
  const manifest = manifests[SHOP];
  const known = files(manifest, shared(SHOP));
  const keys = new Set();
  for (const chunk of chunks(name, manifest, wanted)) withImports(manifest, chunk, keys);
  const own = [...files(manifest, keys)].filter((file) => !known.has(file));
  compare(name, sum(own), limit);
}

const shop = manifests[SHOP];
const styles = new Set([...withImports(shop, SHOP)].flatMap((key) => shop[key].css ?? []));
compare('shop, styles', sum(styles), SHOP_CSS);

const FIRST_FONT = /^instrument-(sans|serif)-latin-(?!ext)[a-z0-9-]*-normal-.*\.woff2$/;
const fonts = readdirSync(`${out}assets`).filter((file) => FIRST_FONT.test(file));
const bytes = fonts.reduce((total, file) => total + readFileSync(`${out}assets/${file}`).length, 0);
compare('shop, fonts', bytes, FONTS);

process.exit(failed ? 1 : 0);
