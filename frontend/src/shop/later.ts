import { measureVisit } from './speed';

// What a page does once it works and the browser has nothing better to do.

const whenIdle = window.requestIdleCallback ?? setTimeout;

whenIdle(() => {
  measureVisit();
  // It serves the next visit, and the offline page.
  if (import.meta.env.PROD) void navigator.serviceWorker?.register('/sw.js').catch(() => undefined);
});
