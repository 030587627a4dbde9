import type { PageKind, VisitIn } from '@/api/gen/types.gen';
import { prefixOf, localeOf } from './languages';
import { pageAt, type PageName } from './paths';

/**
 * How fast the page was on which a visitor landed (Core Web Vitals), told to our own endpoint when
 * the page is hidden for the first time. What the visitor goes on to inside the shop is not
 * measured, and nothing is kept about who it was.
 */

const ADDRESS = '/api/v1/vitals';
const PHONE = '(max-width: 767px)';
/** Shifts closer than this belong together, up to so long from the first. Milliseconds. */
const GAP = 1_000;
const WINDOW = 5_000;

const KINDS: Record<PageName, PageKind> = {
  home: 'home',
  products: 'list',
  category: 'list',
  product: 'product',
  search: 'search',
  cart: 'cart',
  checkout: 'checkout',
  paidElsewhere: 'checkout',
  notPaid: 'checkout',
  confirmed: 'order',
  login: 'account',
  register: 'account',
  account: 'account',
  accountOrders: 'account',
  accountOrder: 'account',
  accountAddresses: 'account',
  accountProfile: 'account',
  track: 'order',
  order: 'order',
  offline: 'other',
};

/** What browsers write down and TypeScript does not know yet. */
interface Shift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
}
interface Interaction extends PerformanceEntry {
  interactionId?: number;
}
interface Asking {
  globalPrivacyControl?: boolean;
  doNotTrack?: string | null;
}
interface Going {
  navigation?: EventTarget;
}

type Measured = Pick<VisitIn, 'lcp_ms' | 'inp_ms' | 'cls'>;

export function measureVisit(): void {
  const { globalPrivacyControl, doNotTrack } = navigator as Asking;
  if (globalPrivacyControl || doNotTrack === '1' || wasHidden()) return;
  const { measured, finish } = observe(whileHere());
  const page = kindOf(location.pathname);
  const controller = new AbortController();
  const tell = (event: Event) => {
    if (event.type !== 'pagehide' && document.visibilityState !== 'hidden') return;
    controller.abort();
    finish();
    if (Object.keys(measured).length > 0) send({ page, device: device(), ...measured });
  };
  document.addEventListener('visibilitychange', tell, { signal: controller.signal });
  window.addEventListener('pagehide', tell, { signal: controller.signal });
}

function kindOf(pathname: string): PageKind {
  const name = pageAt(pathname.slice(prefixOf(localeOf(pathname)).length) || '/');
  return name ? KINDS[name] : 'other';
}

const device = () => (window.matchMedia(PHONE).matches ? 'phone' : 'desktop');

/** A page in a tab behind another draws when it is looked at: that says nothing about its speed. */
function wasHidden(): boolean {
  const before = performance.getEntriesByType?.('visibility-state') ?? [];
  return document.visibilityState === 'hidden' || before.some(({ name }) => name === 'hidden');
}

/** Whether something happened before the visitor went on to another page of the shop. */
function whileHere(): (entry: PerformanceEntry) => boolean {
  const landed = location.pathname;
  let left = Infinity;
  const look = () => {
    if (location.pathname !== landed) left = Math.min(left, performance.now());
  };
  // Browsers without it are asked with each batch of entries, which is soon enough.
  (window as Going).navigation?.addEventListener('currententrychange', look);
  return (entry) => {
    look();
    return entry.startTime <= left;
  };
}

function observe(isHere: (entry: PerformanceEntry) => boolean) {
  const measured: Measured = {};
  const shifted = shifts();
  const slowest = (entry: PerformanceEntry) => {
    measured.inp_ms = Math.max(measured.inp_ms ?? 0, entry.duration);
  };
  const stops = [
    watch('largest-contentful-paint', isHere, (entry) => {
      measured.lcp_ms = entry.startTime;
    }),
    // The first counts however quick it was, or quick pages would have none at all.
    watch('first-input', isHere, slowest),
    watch('event', isHere, (entry: Interaction) => entry.interactionId && slowest(entry)),
    watch('layout-shift', isHere, (entry) => {
      measured.cls = shifted(entry as Shift);
    }),
  ];
  // No shift at all is the best there is, but only where shifts are seen.
  if (PerformanceObserver.supportedEntryTypes?.includes('layout-shift')) measured.cls = 0;
  return { measured, finish: () => stops.forEach((stop) => stop()) };
}

/** Calls back with what was and will be written down; returns what ends that. */
function watch(
  type: string,
  isHere: (entry: PerformanceEntry) => boolean,
  found: (entry: PerformanceEntry) => unknown,
): () => void {
  const take = (entries: PerformanceEntryList) => entries.filter(isHere).forEach(found);
  if (!PerformanceObserver.supportedEntryTypes?.includes(type)) return () => undefined;
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  const init = { type, buffered: true, durationThreshold: 40 };
  observer.observe(init);
  return () => {
    take(observer.takeRecords());
    observer.disconnect();
  };
}

/** The worst window of shifts so far. */
function shifts(): (shift: Shift) => number {
  let [worst, sum, first, last] = [0, 0, 0, 0];
  return ({ startTime, value, hadRecentInput }) => {
    if (hadRecentInput) return worst;
    if (startTime - last > GAP || startTime - first > WINDOW) [sum, first] = [0, startTime];
    last = startTime;
    sum += value;
    worst = Math.max(worst, sum);
    return worst;
  };
}

/** Nobody is told when it fails: the visitor has other things to do. */
function send(visit: VisitIn): void {
  const body = new Blob([JSON.stringify(visit)], { type: 'application/json' });
  try {
    navigator.sendBeacon(ADDRESS, body);
  } catch {
    // Some extensions take it away.
  }
}
