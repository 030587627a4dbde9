import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { signIn, signOut } from '@/shared/session';
import { alice, cart, order, tokens } from '../../testing/people';
import { api, problem, renderShop } from '../../testing/renderShop';
import { server } from '../../../../test/msw/server';

beforeEach(() => signIn(tokens('old')));
afterEach(() => signOut());

/** Answers only those who come with the new token. */
function only(path: string, body: object, ask = http.get) {
  return ask(api(path), ({ request }) =>
    request.headers.get('Authorization') === 'Bearer new'
      ? HttpResponse.json(body)
      : problem(401, 'unauthorized'),
  );
}

/** One button stands beside the name on phones, one below the list elsewhere. */
async function leave(user: Awaited<ReturnType<typeof renderShop>>['user']) {
  const [button] = await screen.findAllByRole('button', { name: 'Sign out' });
  if (button) await user.click(button);
}

test('requests that are refused together renew the session once, and all are answered', async () => {
  let renewals = 0;
  server.use(
    http.post(api('/auth/refresh'), () => {
      renewals += 1;
      return HttpResponse.json(tokens('new'));
    }),
    only('/orders', { items: [order()], next_cursor: null }),
    only('/addresses', { items: [] }),
    only('/cart', cart(), http.post),
  );
  await renderShop('/account');
  expect(await screen.findByText('S-2H2R-PNDK')).toBeVisible();
  expect(await screen.findByText(/need not type it at checkout/)).toBeVisible();
  expect(renewals).toBe(1);
});

test('a session that is over leads to signing in, says so, and comes back', async () => {
  server.use(
    http.post(api('/auth/refresh'), () => problem(401, 'invalid-refresh-token')),
    only('/addresses', { items: [] }),
  );
  const { path } = await renderShop('/account/addresses');
  expect(await screen.findByText(/You have been signed out/)).toBeVisible();
  expect(path()).toBe('/login?next=%2Faccount%2Faddresses');
});

test('who signs out is on the home page, and not asked to sign in', async () => {
  server.use(
    http.post(api('/auth/refresh'), () => HttpResponse.json(tokens('new'))),
    http.post(api('/auth/logout'), () => new HttpResponse(null, { status: 204 })),
    http.get(api('/products/*'), () => problem(404, 'not-found')),
    http.get(api('/products'), () => problem(404, 'not-found')),
    only('/auth/sessions', { items: [] }),
  );
  const { user, path } = await renderShop('/account/profile');
  await leave(user);
  await waitFor(() => expect(path()).toBe('/'));
  expect(screen.queryByText(alice.email)).toBeNull();
});

test('a failure to sign out is told, and the person stays', async () => {
  server.use(
    http.post(api('/auth/logout'), () => problem(503, 'unavailable')),
    http.get(api('/auth/sessions'), () => HttpResponse.json({ items: [] })),
  );
  const { user, path } = await renderShop('/account/profile');
  await leave(user);
  expect(await screen.findByText(/went wrong on our side/)).toBeVisible();
  expect(path()).toBe('/account/profile');
});
