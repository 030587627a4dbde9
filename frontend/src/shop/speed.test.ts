import type { VisitIn } from '@/api/gen/types.gen';
import { measureVisit } from './speed';

const TYPES = ['largest-contentful-paint', 'first-input', 'event', 'layout-shift'];
const listening = new Map<string, FakeObserver>();

class FakeObserver {
  static supportedEntryTypes = TYPES;
  waiting: object[] = [];
  constructor(readonly heard: (list: { getEntries: () => object[] }) => void) {}
  observe({ type, buffered }: { type: string; buffered: boolean }) {
    // Without that it would miss what happened before it was loaded.
    if (buffered) listening.set(type, this);
  }
  takeRecords = () => this.waiting.splice(0);
  disconnect() {
    for (const [type, observer] of listening) if (observer === this) listening.delete(type);
  }
}

const happened = (type: string, ...entries: object[]) =>
  listening.get(type)?.heard({ getEntries: () => entries });
const shift = (startTime: number, value: number, hadRecentInput = false) => ({
  startTime,
  value,
  hadRecentInput,
});

const beacon = vi.fn<(address: string, body: Blob) => boolean>(() => true);

async function told(): Promise<VisitIn[]> {
  const bodies = beacon.mock.calls.map(async ([address, body]) => {
    expect([address, body.type]).toEqual(['/api/v1/vitals', 'application/json']);
    return JSON.parse(await body.text()) as VisitIn;
  });
  return Promise.all(bodies);
}

function be(visibility: 'hidden' | 'visible') {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(visibility);
  document.dispatchEvent(new Event('visibilitychange'));
}

function land(path: string) {
  history.replaceState(null, '', path);
  measureVisit();
}

beforeEach(() => {
  listening.clear();
  beacon.mockClear();
  FakeObserver.supportedEntryTypes = TYPES;
  vi.stubGlobal('PerformanceObserver', FakeObserver);
  Object.assign(navigator, { sendBeacon: beacon });
});

afterEach(() => {
  window.dispatchEvent(new Event('pagehide')); // ends what a test left listening
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  for (const name of ['globalPrivacyControl', 'doNotTrack', 'sendBeacon'])
    Reflect.deleteProperty(navigator, name);
});

test('a visit is told once, when the page is hidden for the first time', async () => {
  land('/sw/products/vase');
  happened('largest-contentful-paint', { startTime: 300 }, { startTime: 812.5 });
  happened('first-input', { startTime: 1_000, duration: 16 });
  happened(
    'event',
    { startTime: 1_500, duration: 900 },
    { startTime: 1_600, duration: 88, interactionId: 7 },
  );
  happened('layout-shift', shift(100, 0.02));
  be('visible');
  expect(beacon).not.toHaveBeenCalled();
  be('hidden');
  be('hidden');
  window.dispatchEvent(new Event('pagehide'));
  expect(await told()).toEqual([
    { page: 'product', device: 'desktop', lcp_ms: 812.5, inp_ms: 88, cls: 0.02 },
  ]);
});

test('shifts add up in windows of a second between and five in all; the worst counts', async () => {
  land('/');
  happened('layout-shift', shift(0, 0.125), shift(900, 0.125), shift(1_000, 0.5, true));
  happened('layout-shift', shift(2_500, 0.0625));
  for (let at = 10_000; at <= 16_000; at += 1_000) happened('layout-shift', shift(at, 0.03125));
  be('hidden');
  expect((await told())[0]?.cls).toBe(0.25);
});

test('what was not delivered yet counts too', async () => {
  land('/');
  listening.get('event')?.waiting.push({ startTime: 10, duration: 240, interactionId: 1 });
  be('hidden');
  expect((await told())[0]?.inp_ms).toBe(240);
});

test('what comes after going on to another page of the shop is not that of the first', async () => {
  land('/search?q=vase');
  happened('event', { startTime: 0, duration: 48, interactionId: 1 });
  history.pushState(null, '', '/cart');
  happened('event', { startTime: performance.now() + 60_000, duration: 700, interactionId: 2 });
  be('hidden');
  expect(await told()).toMatchObject([{ page: 'search', inp_ms: 48 }]);
});

test('a browser that sees no shifts says nothing of them', async () => {
  FakeObserver.supportedEntryTypes = ['largest-contentful-paint'];
  land('/nowhere/at/all');
  happened('largest-contentful-paint', { startTime: 500 });
  be('hidden');
  expect(await told()).toEqual([{ page: 'other', device: 'desktop', lcp_ms: 500 }]);
});

test.each([
  ['globalPrivacyControl', true],
  ['doNotTrack', '1'],
])('with %s nothing is measured', (name, value) => {
  Object.defineProperty(navigator, name, { value, configurable: true });
  land('/');
  expect(listening.size).toBe(0);
  be('hidden');
  expect(beacon).not.toHaveBeenCalled();
});

test('a page that was opened behind another is not measured', () => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  land('/');
  expect(listening.size).toBe(0);
});

test('a beacon that cannot be sent troubles nobody', () => {
  land('/');
  beacon.mockImplementationOnce(() => {
    throw new TypeError('blocked');
  });
  expect(() => be('hidden')).not.toThrow();
});
