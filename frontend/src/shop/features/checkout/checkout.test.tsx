import { cleanup, screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { CartOut } from '@/api/gen';
import { signOut } from '@/shared/session';
import { keys, storage } from '@/shared/storage';
import { server } from '../../../../test/msw/server';
import { bought, cart, euros, gate, mugs, readyCart, standard } from '../../testing/carts';
import { order, tokens } from '../../testing/people';
import { api, problem, renderShop } from '../../testing/renderShop';

let held: CartOut;
const sent: { key: string | null; body: Record<string, unknown> }[] = [];

beforeEach(() => {
  signOut();
  storage.set(keys.cart, 'ct_1');
  held = readyCart();
  sent.length = 0;
  server.use(
    http.get(api('/cart'), () => HttpResponse.json(held)),
    http.patch(api('/cart'), async ({ request }) => {
      const change = (await request.json()) as Partial<CartOut>;
      const country = change.shipping_address?.country ?? held.country;
      held = { ...held, ...change, country, version: held.version + 1 };
      return HttpResponse.json(held);
    }),
    http.get(api('/shipping-options'), () => HttpResponse.json({ items: [standard] })),
    http.get(api(`/orders/${order().id}`), () => HttpResponse.json(order())),
    http.get(api(`/orders/${order().id}/timeline`), () => HttpResponse.json({ items: [] })),
  );
});

type Answer = () => Response;

/** Checkout answers so, one after the other; the last for good. */
function checkoutAnswers(...answers: Answer[]) {
  server.use(
    http.post(api('/checkout'), async ({ request }) => {
      const body = (await request.json()) as Record<string, unknown>;
      sent.push({ key: request.headers.get('Idempotency-Key'), body });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      return answer?.() ?? HttpResponse.error();
    }),
  );
}

const paid: Answer = () => HttpResponse.json(bought('paid'), { status: 201 });
const declined: Answer = () => HttpResponse.json(bought('declined'), { status: 201 });
const lost: Answer = () => HttpResponse.error();

/** As from the browser's memory: at once rather than key by key. */
async function fill({ user }: Awaited<ReturnType<typeof renderShop>>, label: string, text: string) {
  await user.click(screen.getByLabelText(label));
  await user.paste(text);
}

async function pay(shop: Awaited<ReturnType<typeof renderShop>>, number: string) {
  const card = await screen.findByLabelText('Card number');
  await shop.user.clear(card);
  await fill(shop, 'Card number', number);
  await shop.user.click(screen.getByRole('button', { name: /^Pay €/ }));
}

const GOOD = '4242 4242 4242 4242';
const BAD = '4000 0000 0000 0002';

test('a guest buys in three steps, and the cart is empty afterwards', async () => {
  held = cart();
  checkoutAnswers(paid);
  const shop = await renderShop('/checkout');
  await screen.findByLabelText('E-mail');
  await fill(shop, 'E-mail', 'alice@example.com');
  await shop.user.click(screen.getByRole('button', { name: 'Continue to delivery' }));
  await screen.findByLabelText('Name');
  await fill(shop, 'Name', 'Alice Mbeki');
  await fill(shop, 'Street and house number', 'Torstraße 12');
  await fill(shop, 'City', 'Berlin');
  await fill(shop, 'Postal code', '10115');
  expect(await screen.findByRole('radio', { name: /Standard/ })).toBeChecked();
  await shop.user.click(screen.getByRole('button', { name: 'Continue to payment' }));
  await pay(shop, GOOD);
  expect(await screen.findByRole('heading', { name: 'Thank you, Alice' })).toBeVisible();
  expect(shop.path()).toBe(`/orders/${order().id}/confirmed`);
  expect(sent).toHaveLength(1);
  expect(sent[0]?.body).toMatchObject({
    cart_version: held.version,
    email: 'alice@example.com',
    shipping_option_id: standard.id,
    payment: { mode: 'intent', card_number: '4242424242424242' },
  });
  expect(storage.get(keys.cart)).toBeUndefined();
  expect(storage.get(keys.orders)).toEqual({ [order().id]: 'ot_1' });
});

test('a declined card is said, the order stays, and the second try pays it', async () => {
  checkoutAnswers(declined, paid);
  const shop = await renderShop('/checkout?step=payment');
  await pay(shop, BAD);
  expect(await screen.findByText(/Your card was declined\. Nothing was charged/)).toBeVisible();
  expect(storage.get(keys.orders)).toEqual({ [order().id]: 'ot_1' });
  expect(storage.get(keys.cart)).toBe('ct_1');
  await pay(shop, GOOD);
  expect(await screen.findByRole('heading', { name: 'Thank you, Alice' })).toBeVisible();
  expect(sent).toHaveLength(2);
  expect(sent[1]?.key).not.toBe(sent[0]?.key);
});

test('what got no answer keeps its key, also over a reload, and a card is not stored', async () => {
  checkoutAnswers(lost);
  const shop = await renderShop('/checkout?step=payment');
  await pay(shop, GOOD);
  expect(await screen.findByText(/You can safely try again/)).toBeVisible();
  expect(JSON.stringify({ ...localStorage })).not.toContain('4242');
  cleanup();
  checkoutAnswers(paid);
  await pay(await renderShop('/checkout?step=payment'), GOOD);
  expect(await screen.findByRole('heading', { name: 'Thank you, Alice' })).toBeVisible();
  expect(sent.length).toBeGreaterThan(1);
  expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
});

test('another purchase after one without an answer has a key of its own', async () => {
  checkoutAnswers(lost);
  await pay(await renderShop('/checkout?step=payment'), GOOD);
  await screen.findByText(/You can safely try again/);
  cleanup();
  held = readyCart({ version: 6 });
  checkoutAnswers(paid);
  await pay(await renderShop('/checkout?step=payment'), GOOD);
  await screen.findByRole('heading', { name: 'Thank you, Alice' });
  expect(sent.at(-1)?.key).not.toBe(sent[0]?.key);
});

test('pressing twice sends once', async () => {
  const answer = gate();
  server.use(
    http.post(api('/checkout'), async ({ request }) => {
      sent.push({ key: request.headers.get('Idempotency-Key'), body: {} });
      await answer.opened;
      return paid();
    }),
  );
  const shop = await renderShop('/checkout?step=payment');
  await screen.findByLabelText('Card number');
  await fill(shop, 'Card number', GOOD);
  await shop.user.dblClick(screen.getByRole('button', { name: /^Pay €/ }));
  await waitFor(() => expect(sent).toHaveLength(1));
  await shop.user.keyboard('{Enter}');
  answer.open();
  await screen.findByRole('heading', { name: 'Thank you, Alice' });
  expect(sent).toHaveLength(1);
});

test('a cart that changed is shown with what changed, and is paid on the next press', async () => {
  const dearer = readyCart({
    lines: [mugs({ unit_price: euros(2500), line_total: euros(5000) })],
    version: 9,
  });
  checkoutAnswers(() => problem(409, 'cart-changed', { cart: dearer }), paid);
  const shop = await renderShop('/checkout?step=payment');
  await pay(shop, GOOD);
  expect(await screen.findByText('Mug costs €25.00 instead of €20.00.')).toBeVisible();
  await shop.user.click(screen.getByRole('button', { name: 'Pay €50.00' }));
  await screen.findByRole('heading', { name: 'Thank you, Alice' });
  expect(sent.map(({ body }) => body.cart_version)).toEqual([5, 9]);
});

test('what sold out meanwhile is named, with the way to the cart', async () => {
  const lines = [{ variant_id: mugs().variant_id, requested: 2, available: 1 }];
  checkoutAnswers(() => problem(409, 'insufficient-stock', { lines }));
  await pay(await renderShop('/checkout?step=payment'), GOOD);
  expect(await screen.findByText('Only 1 of Mug is left')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Change the cart' })).toHaveAttribute('href', '/cart');
});

test('a refused field of an earlier step opens that step and stands under its field', async () => {
  const errors = [{ pointer: '/shipping_address/postal_code', message: 'is not one of Berlin' }];
  checkoutAnswers(() => problem(422, 'invalid', { errors }));
  const shop = await renderShop('/checkout?step=payment');
  await pay(shop, GOOD);
  const code = await screen.findByLabelText('Postal code');
  await waitFor(() => expect(code).toHaveAccessibleDescription('This is not one of Berlin'));
  expect(shop.path()).toBe('/checkout?step=delivery');
});

test('a refused card stands under its field', async () => {
  const errors = [{ pointer: '/card_number', message: 'only the documented test numbers' }];
  checkoutAnswers(() => problem(422, 'card-refused', { errors }));
  await pay(await renderShop('/checkout?step=payment'), '4111 1111 1111 1111');
  await waitFor(() =>
    expect(screen.getByLabelText('Card number')).toHaveAccessibleDescription(
      'Only the test cards are taken here.',
    ),
  );
});

test('fields that are missing are said in place and in a summary that leads to them', async () => {
  held = cart({ email: 'alice@example.com' });
  const { user } = await renderShop('/checkout?step=delivery');
  await waitFor(() => expect(screen.getByRole('radio', { name: /Standard/ })).toBeChecked());
  await user.click(await screen.findByRole('button', { name: 'Continue to payment' }));
  expect(await screen.findByRole('group', { name: '4 things need another look' })).toBeVisible();
  expect(screen.getByLabelText('Name')).toHaveFocus();
  await user.click(screen.getByRole('button', { name: /^City:/ }));
  expect(screen.getByLabelText('City')).toHaveFocus();
  expect(screen.getByLabelText('City')).toHaveAccessibleDescription('Please fill this in');
});

test('a step whose predecessors are not done opens the first that is not', async () => {
  held = cart();
  await renderShop('/checkout?step=payment');
  expect(await screen.findByRole('button', { name: 'Continue to delivery' })).toBeVisible();
  expect(screen.queryByLabelText('Card number')).not.toBeInTheDocument();
});

test('a purchase that was paid though its answer was lost leads to its order', async () => {
  checkoutAnswers(lost);
  await pay(await renderShop('/checkout?step=payment'), GOOD);
  await screen.findByText(/You can safely try again/);
  cleanup();
  const asked: (string | null)[] = [];
  server.use(
    http.get(api('/cart'), () => problem(409, 'cart-completed', { order_id: order().id })),
    http.get(api(`/orders/${order().id}`), ({ request }) => {
      asked.push(request.headers.get('X-Cart-Token'));
      return HttpResponse.json(order());
    }),
  );
  const { path } = await renderShop('/checkout');
  expect(await screen.findByRole('heading', { name: 'Thank you, Alice' })).toBeVisible();
  expect(path()).toBe(`/orders/${order().id}/confirmed`);
  expect(asked[0]).toBe('ct_1');
});

test('a half-typed address survives a reload, and is forgotten once it is sent', async () => {
  held = { ...cart(), email: 'gila@example.com' };
  const first = await renderShop('/checkout');
  await screen.findByLabelText('Street and house number');
  await fill(first, 'Name', 'Gila Guest');
  await fill(first, 'Street and house number', 'Hauptstr. 1');
  cleanup();
  const again = await renderShop('/checkout');
  expect(await screen.findByLabelText('Street and house number')).toHaveValue('Hauptstr. 1');
  expect(screen.getByLabelText('Name')).toHaveValue('Gila Guest');
  await fill(again, 'City', 'Berlin');
  await fill(again, 'Postal code', '10115');
  await again.user.click(screen.getByRole('button', { name: 'Continue to payment' }));
  await screen.findByLabelText('Card number');
  expect(sessionStorage.getItem(keys.addressBegun)).toBeNull();
});

test('who makes an account of a purchase finds the order in it', async () => {
  const claimed: (string | null)[] = [];
  checkoutAnswers(paid);
  server.use(
    http.post(api('/auth/register'), () => HttpResponse.json(tokens(), { status: 201 })),
    http.post(api('/cart/merge'), () => problem(404, 'cart-not-found')),
    http.post(api(`/orders/${order().id}/claim`), ({ request }) => {
      claimed.push(request.headers.get('Authorization'), request.headers.get('X-Order-Token'));
      return HttpResponse.json(order());
    }),
  );
  const shop = await renderShop('/checkout');
  await pay(shop, '4242424242424242');
  expect(await screen.findByText(/Keep this number/)).toBeVisible();
  await shop.user.type(await screen.findByLabelText('Password'), 'long enough');
  await shop.user.click(screen.getByRole('button', { name: 'Create an account' }));
  expect(await screen.findByText('Your account is ready')).toBeVisible();
  expect(claimed).toEqual(['Bearer first', bought('paid').order_token]);
});
