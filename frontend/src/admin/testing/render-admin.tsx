import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { configure, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { createMemoryRouter, RouterProvider } from 'react-router';
import type { Permission } from '@/api/gen/types.gen';
import { signIn } from '@/shared/session';
import { routes } from '@/admin/routes';
import { useToasts } from '@/admin/ui/toast';
import { Toasts } from '@/admin/ui/toasts';
import { server } from '../../../test/msw/server';

// What jsdom leaves out and the menus, dialogs and the palette measure.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
Element.prototype.hasPointerCapture ??= () => false;
Element.prototype.releasePointerCapture ??= () => undefined;

// Pages are loaded when they are opened, which takes a while on a busy machine.
configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });

/** Everything below the API's address: `api('/admin/products')`. */
export const api = (path: string) => `*/api/v1${path}`;

/** A problem document as the API answers it. */
export const problem = (status: number, title: string, members: object = {}) =>
  HttpResponse.json(
    { type: '/problems/x', title, status, detail: '', request_id: 'req_1', ...members },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );

const STORE = {
  name: 'Maren',
  default_currency: 'EUR',
  currencies: ['EUR', 'JPY'],
  country: 'DE',
  support_email: null,
  regions: [],
  payment_provider: 'mock',
  publishable_key: null,
  features: {},
};

interface Options {
  permissions?: Permission[];
}

/** The whole admin at an address, with somebody signed in. */
export function renderAdmin(path: string, { permissions = ['*'] }: Options = {}) {
  server.use(http.get(api('/store/config'), () => HttpResponse.json(STORE)));
  signIn({
    access_token: 'token',
    refresh_token: null,
    token_type: 'bearer',
    expires_in: 900,
    user: {
      id: 'usr_1',
      email: 'ada@example.com',
      name: 'Ada',
      is_active: true,
      email_verified_at: null,
      created_at: '2026-11-21T08:00:00Z',
      version: 1,
      roles: [],
      permissions,
    },
  });
  useToasts.setState({ toasts: [] });
  const router = createMemoryRouter(routes(), { initialEntries: [path] });
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  // The counts of the sidebar belong to other features.
  queryClient.setQueryDefaults(['nav-count'], { enabled: false });
  const view = render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Toasts />
    </QueryClientProvider>,
  );
  return {
    ...view,
    router,
    user: userEvent.setup(),
    search: () => router.state.location.search,
    path: () => router.state.location.pathname,
  };
}
