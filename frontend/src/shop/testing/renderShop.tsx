import { configure, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { useEffect } from 'react';
import { MemoryRouter, useLocation } from 'react-router';
import { createQueryClient } from '@/api/client';
import type { StoreConfig } from '@/api/gen';
import { restoreSession } from '@/shared/session';
import { server } from '../../../test/msw/server';
import { App, preloadFor } from '../App';
import language from '../locales/en.json?language';
import type { Visit } from '../visit';
import { cart } from './people';

/** `/auth/login` → the whole address of that call. */
export function api(path: string): string {
  return `${location.origin}/api/v1${path}`;
}

export function problem(status: number, kind: string, members: Record<string, unknown> = {}) {
  const body = { type: `/problems/${kind}`, title: kind, status, detail: kind, ...members };
  return HttpResponse.json(body, { status });
}

export const store: StoreConfig = {
  name: 'Testing',
  default_currency: 'EUR',
  currencies: ['EUR'],
  country: 'DE',
  support_email: null,
  regions: [
    {
      id: 'reg_00000000000000000000000001',
      name: 'Eurozone',
      currency: 'EUR',
      tax_inclusive: true,
      countries: ['DE', 'FR'],
      is_default: true,
    },
  ],
  payment_provider: 'mock',
  publishable_key: null,
  features: { guest_checkout: true, hosted_payment_page: false, test_cards: true },
};

// What surrounds every page. A test's own answers come before these.
beforeEach(() => {
  server.use(
    http.get(api('/categories'), () => HttpResponse.json({ items: [] })),
    http.get(api('/cart'), () => problem(404, 'not-found')),
    http.post(api('/cart'), () => HttpResponse.json(cart())),
  );
});

// Chunks are compiled when a test first wants them, which takes a while on a busy machine.
configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });

/** The whole shop at a path, as the browser starts it with a page of this status. */
export async function renderShop(path: string, status: Visit['status'] = 200) {
  await preloadFor(path.split('?')[0] ?? '/');
  const where = { path: '' };
  const visit = {
    locale: 'en',
    currency: 'EUR',
    region: store.regions[0]?.id ?? '',
    store,
    status,
    queries: [],
  };
  function Watch() {
    const { pathname, search } = useLocation();
    useEffect(() => {
      where.path = pathname + search;
    }, [pathname, search]);
    return null;
  }
  const user = userEvent.setup({ delay: null });
  const view = render(
    <MemoryRouter initialEntries={[path]}>
      <Watch />
      <App visit={visit} language={language} queries={createQueryClient()} />
    </MemoryRouter>,
  );
  void restoreSession();
  return { user, view, path: () => where.path };
}
