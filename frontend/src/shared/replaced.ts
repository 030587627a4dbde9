const KEY = 'sokoni.replaced';
const AGAIN_MS = 30_000;

/**
 * A newer build takes the chunks of this one away: whoever has the old one open would go nowhere
 * with the next link. The page is loaded anew, but not again and again if that does not help.
 */
export function reloadWhenReplaced(reload = () => location.reload()): void {
  window.addEventListener('vite:preloadError', () => {
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Date.now() - last < AGAIN_MS) return;
    sessionStorage.setItem(KEY, String(Date.now()));
    reload();
  });
}
