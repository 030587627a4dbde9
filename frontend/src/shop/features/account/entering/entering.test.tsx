import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { currentToken, signOut } from '@/shared/session';
import { keys, storage } from '@/shared/storage';
import { cart, tokens } from '../../../testing/people';
import { api, problem, renderShop } from '../../../testing/renderShop';
import { server } from '../../../../../test/msw/server';

beforeEach(() => {
  signOut();
  const answer = () => HttpResponse.json(cart());
  server.use(http.get(api('/cart'), answer), http.post(api('/cart'), answer));
});
afterEach(() => signOut());

async function fillIn(user: Awaited<ReturnType<typeof renderShop>>['user'], password: string) {
  await user.type(await screen.findByLabelText('E-mail'), 'alice@example.com');
  await user.type(screen.getByLabelText('Password'), password);
}

test('signing in sends the guest cart along, forgets its token, and goes back', async () => {
  storage.set(keys.cart, 'ct_guest');
  const seen: (string | null)[] = [];
  server.use(
    http.post(api('/auth/login'), ({ request }) => {
      seen.push(request.headers.get('X-Cart-Token'));
      return HttpResponse.json(tokens());
    }),
    http.get(api('/addresses'), () => HttpResponse.json({ items: [] })),
  );
  const { user, path } = await renderShop('/login?next=%2Faccount%2Faddresses');
  await fillIn(user, 'Alice@123');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByText('No address yet')).toBeVisible();
  expect(path()).toBe('/account/addresses');
  expect(seen).toEqual(['ct_guest']);
  expect(storage.get(keys.cart)).toBeUndefined();
  expect(currentToken()).toBe('first');
});

test('after signing in, the cart shown is the one of the account', async () => {
  storage.set(keys.cart, 'ct_guest');
  const callers: string[] = [];
  server.use(
    http.post(api('/cart'), ({ request: { headers } }) => {
      callers.push(headers.get('Authorization') ?? 'nobody');
      return HttpResponse.json(cart());
    }),
    http.post(api('/auth/login'), () => HttpResponse.json(tokens())),
    http.get(api('/orders'), () => HttpResponse.json({ items: [], next_cursor: null })),
    http.get(api('/addresses'), () => HttpResponse.json({ items: [] })),
  );
  const { user } = await renderShop('/login');
  await fillIn(user, 'Alice@123');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  await waitFor(() => expect(callers.at(-1)).toBe('Bearer first'));
});

test('a new account takes over the cart before anybody is shown as signed in', async () => {
  storage.set(keys.cart, 'ct_guest');
  const merged: (string | null)[] = [];
  server.use(
    http.post(api('/auth/register'), () => HttpResponse.json(tokens(), { status: 201 })),
    http.post(api('/cart/merge'), ({ request: { headers } }) => {
      merged.push(headers.get('X-Cart-Token'), headers.get('Authorization'));
      return HttpResponse.json(cart());
    }),
    http.get(api('/products/search'), () => problem(404, 'not-found')),
  );
  const { user, path } = await renderShop('/register?next=%2Fproducts');
  await fillIn(user, 'seven-wet-mangoes');
  await user.click(screen.getByRole('button', { name: 'Create an account' }));
  await waitFor(() => expect(path()).toBe('/products'));
  expect(merged).toEqual(['ct_guest', 'Bearer first']);
  expect(storage.get(keys.cart)).toBeUndefined();
});

test('a wrong password is told above the button, and nobody is signed in', async () => {
  server.use(http.post(api('/auth/login'), () => problem(401, 'invalid-credentials')));
  const { user } = await renderShop('/login');
  await fillIn(user, 'wrong');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByText('The e-mail address or the password is not right.')).toBeVisible();
  expect(currentToken()).toBeNull();
});

test('what the server says of a field stands under that field, with the focus there', async () => {
  const errors = [{ pointer: '/password', message: 'is too common' }];
  server.use(http.post(api('/auth/register'), () => problem(422, 'invalid', { errors })));
  const { user } = await renderShop('/register');
  await fillIn(user, 'password1');
  await user.click(screen.getByRole('button', { name: 'Create an account' }));
  const field = screen.getByLabelText('Password');
  await waitFor(() => expect(field).toHaveAccessibleDescription('This is too common'));
  expect(field).toHaveFocus();
});

test('an address beside the shop is no place to go back to', async () => {
  server.use(
    http.post(api('/auth/login'), () => HttpResponse.json(tokens())),
    http.get(api('/orders'), () => HttpResponse.json({ items: [], next_cursor: null })),
    http.get(api('/addresses'), () => HttpResponse.json({ items: [] })),
  );
  const { user, path } = await renderShop('/login?next=%2F%2Fevil.example');
  await fillIn(user, 'Alice@123');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  await waitFor(() => expect(path()).toBe('/account'));
});
