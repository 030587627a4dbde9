// The shop's service worker: an offline page, pictures and built files at hand. It keeps no HTML
// but the offline page, and nothing of the API: prices, stock and carts come from the server.
const VERSION = 'sokoni-1';
const OFFLINE = ['/offline', '/sw/offline'];
const MOST_PICTURES = 200;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(`${VERSION}-pages`)
      .then((cache) => cache.addAll(OFFLINE.map((path) => new Request(path, { cache: 'reload' }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => !name.startsWith(VERSION)))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') {
    if (!url.pathname.startsWith('/admin')) event.respondWith(orOffline(request, url));
  } else if (request.destination === 'image' && url.pathname.startsWith('/media/')) {
    event.respondWith(keptFirst(event, `${VERSION}-pictures`, MOST_PICTURES));
  } else if (url.origin === location.origin && url.pathname.startsWith('/static/assets/')) {
    event.respondWith(keptFirst(event, `${VERSION}-files`, MOST_PICTURES));
  }
});

async function orOffline(request, url) {
  try {
    return await fetch(request);
  } catch {
    const offline = /^\/sw(\/|$)/.test(url.pathname) ? OFFLINE[1] : OFFLINE[0];
    return (await caches.match(offline)) ?? Response.error();
  }
}

// Names of pictures and built files change with their content: what is kept stays right.
async function keptFirst(event, name, most) {
  const cache = await caches.open(name);
  const kept = await cache.match(event.request);
  if (kept) return kept;
  const fresh = await fetch(event.request);
  if (fresh.ok) {
    const copy = fresh.clone();
    event.waitUntil(cache.put(event.request, copy).then(() => forgetOldest(cache, most)));
  }
  return fresh;
}

async function forgetOldest(cache, most) {
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((key) => cache.delete(key)));
}
