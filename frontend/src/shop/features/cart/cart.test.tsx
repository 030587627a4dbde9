import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { signOut } from '@/shared/session';
import { keys, storage } from '@/shared/storage';
import { server } from '../../../../test/msw/server';
import { cart, euros, gate, MUG, mugs, standard } from '../../testing/carts';
import { api, problem, renderShop } from '../../testing/renderShop';

beforeEach(() => {
  signOut();
  storage.set(keys.cart, 'ct_1');
  server.use(
    http.get(api('/cart'), () => HttpResponse.json(cart())),
    http.get(api('/shipping-options'), () => HttpResponse.json({ items: [standard] })),
  );
});

async function openCart() {
  const shop = await renderShop('/cart');
  const quantity = await screen.findByRole('textbox', { name: 'Quantity' });
  const more = screen.getByRole('button', { name: 'One more' });
  return { ...shop, quantity, more };
}

test('a quantity shows at once, and its sum with it', async () => {
  const answer = gate();
  server.use(
    http.patch(api(`/cart/items/${MUG}`), async () => {
      await answer.opened;
      const three = mugs({ quantity: 3, line_total: { amount: 6000, currency: 'EUR' } });
      return HttpResponse.json(cart({ lines: [three] }));
    }),
  );
  const { user, quantity, more } = await openCart();
  await user.click(more);
  await waitFor(() => expect(quantity).toHaveValue('3'));
  expect(screen.getAllByText('€60.00').length).toBeGreaterThan(0);
  answer.open();
  await waitFor(() => expect(screen.getByText('Mug: quantity 3')).toBeInTheDocument());
  expect(quantity).toHaveValue('3');
});

test('a refused quantity goes back, and the line says how many are left', async () => {
  const lines = [{ variant_id: mugs().variant_id, requested: 3, available: 2 }];
  server.use(
    http.patch(api(`/cart/items/${MUG}`), () => problem(409, 'insufficient-stock', { lines })),
  );
  const { user, quantity, more } = await openCart();
  await user.click(more);
  expect(await screen.findByText('Only 2 left.')).toBeVisible();
  expect(quantity).toHaveValue('2');
});

test('a change that cannot be sent goes back and says so', async () => {
  server.use(http.patch(api(`/cart/items/${MUG}`), () => HttpResponse.error()));
  const { user, quantity, more } = await openCart();
  await user.click(more);
  expect(await screen.findByText('The cart could not be changed. Please try again.')).toBeVisible();
  expect(quantity).toHaveValue('2');
});

test('what was removed can be put back', async () => {
  let put: unknown;
  server.use(
    http.delete(api(`/cart/items/${MUG}`), () => HttpResponse.json(cart({ lines: [] }))),
    http.post(api('/cart/items'), async ({ request }) => {
      put = await request.json();
      return HttpResponse.json(cart(), { status: 201 });
    }),
  );
  const { user } = await openCart();
  await user.click(screen.getByRole('button', { name: 'Remove Mug' }));
  expect(await screen.findByText('Your cart is empty')).toBeVisible();
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByRole('button', { name: 'Remove Mug' })).toBeVisible();
  expect(put).toEqual({ variant_id: mugs().variant_id, quantity: 2 });
});

test('a line tells of its new price, and of what is not left, with a way out', async () => {
  const line = mugs({
    notices: [
      { code: 'price-changed', was: euros(1800), now: euros(2000) },
      { code: 'insufficient-stock', available: 1 },
    ],
  });
  let sent: unknown;
  server.use(
    http.get(api('/cart'), () => HttpResponse.json(cart({ lines: [line] }))),
    http.patch(api(`/cart/items/${MUG}`), async ({ request }) => {
      sent = await request.json();
      const one = mugs({ quantity: 1, line_total: euros(2000) });
      return HttpResponse.json(cart({ lines: [one] }));
    }),
  );
  const { user, quantity } = await openCart();
  expect(screen.getByText('The price changed from €18.00 to €20.00.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Take 1' }));
  await waitFor(() => expect(quantity).toHaveValue('1'));
  expect(sent).toEqual({ quantity: 1 });
  await waitFor(() => expect(screen.queryByText('Only 1 left.')).not.toBeInTheDocument());
});

test('something that is not sold any more keeps from paying', async () => {
  const gone = mugs({ unit_price: null, line_total: null, notices: [{ code: 'unavailable' }] });
  server.use(http.get(api('/cart'), () => HttpResponse.json(cart({ lines: [gone] }))));
  await renderShop('/cart');
  expect(await screen.findByText('This is not sold any more.')).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Check out' })).not.toBeInTheDocument();
});

test('a cart that was paid elsewhere is forgotten, and its order is not', async () => {
  const order = 'ord_00000000000000000000000001';
  server.use(http.get(api('/cart'), () => problem(409, 'cart-completed', { order_id: order })));
  await renderShop('/cart');
  expect(await screen.findByText('Your cart is empty')).toBeVisible();
  expect(storage.get(keys.cart)).toBeUndefined();
  expect(storage.get(keys.orders)).toEqual({ [order]: 'cart:ct_1' });
});

test('the way to free delivery is told, and shortens at once', async () => {
  const answer = gate();
  server.use(
    http.get(api('/cart'), () => HttpResponse.json(cart({ free_shipping_from: euros(6000) }))),
    http.patch(api(`/cart/items/${MUG}`), async () => {
      await answer.opened;
      return HttpResponse.error();
    }),
  );
  const { user, more } = await openCart();
  expect(screen.getByText('€20 more for free delivery')).toBeVisible();
  await user.click(more);
  expect(await screen.findByText('You have free delivery')).toBeVisible();
  answer.open();
});

test('the drawer opens from the header and tells what is in the cart', async () => {
  const { user } = await renderShop('/cart');
  await user.click(await screen.findByRole('button', { name: 'Cart, 2 items' }));
  const drawer = await screen.findByRole('dialog', { name: 'Your cart' });
  expect(await within(drawer).findByRole('link', { name: 'Check out' })).toBeVisible();
});
