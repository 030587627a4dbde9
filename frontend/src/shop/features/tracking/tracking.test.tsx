import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { OrderOut } from '@/api/gen';
import { signIn, signOut } from '@/shared/session';
import { tokenOfOrder } from '@/shared/orderTokens';
import { cart, order, tokens } from '../../testing/people';
import { api, problem, renderShop } from '../../testing/renderShop';
import { server } from '../../../../test/msw/server';

beforeEach(() => signOut());
afterEach(() => signOut());

const ID = order().id;

/** Answers the order to those who show its token. */
function answer(found: () => OrderOut) {
  server.use(
    http.get(api(`/orders/${ID}`), ({ request }) =>
      request.headers.get('X-Order-Token') === 'ot_right' || request.headers.has('Authorization')
        ? HttpResponse.json(found())
        : problem(404, 'order-not-found'),
    ),
    http.get(api(`/orders/${ID}/timeline`), () => HttpResponse.json({ items: [] })),
  );
}

test('a guest finds the order by number and e-mail, and this device finds it again', async () => {
  server.use(
    http.post(api('/orders/lookup'), () =>
      HttpResponse.json({ order: order(), order_token: 'ot_right', payment: null }),
    ),
  );
  answer(order);
  const { user, path } = await renderShop('/track');
  await user.type(await screen.findByLabelText('Order number'), 'S-2H2R-PNDK');
  await user.type(screen.getByLabelText('E-mail'), 'alice@example.com{Enter}');
  expect(await screen.findByRole('heading', { name: 'Order S-2H2R-PNDK' })).toBeVisible();
  expect(path()).toBe(`/orders/${ID}`);
  expect(tokenOfOrder(ID)).toBe('ot_right');
  expect(screen.getByText('€79.90')).toBeVisible();
});

test('a number that nobody knows is told without leaving the form', async () => {
  server.use(http.post(api('/orders/lookup'), () => problem(404, 'order-not-found')));
  const { user, path } = await renderShop('/track');
  await user.type(await screen.findByLabelText('Order number'), 'S-0000-0000');
  await user.type(screen.getByLabelText('E-mail'), 'alice@example.com{Enter}');
  expect(await screen.findByText(/We know no order with this number/)).toBeVisible();
  expect(path()).toBe('/track');
});

test('an empty form names what is missing and asks the server nothing', async () => {
  const { user } = await renderShop('/track');
  await user.click(await screen.findByRole('button', { name: 'Find the order' }));
  const number = screen.getByLabelText('Order number');
  await waitFor(() => expect(number).toHaveAccessibleDescription('Please fill this in'));
  expect(number).toHaveFocus();
});

test('without its token an order is not found, and the look-up is offered', async () => {
  answer(order);
  await renderShop(`/orders/${ID}`);
  expect(await screen.findByText('We could not find that order')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Find the order' })).toHaveAttribute('href', '/track');
});

test('an order that was packed meanwhile cannot be cancelled, says so, and shows its new state', async () => {
  let status = 'confirmed';
  signIn(tokens());
  answer(() => order({ status }));
  server.use(
    http.post(api(`/orders/${ID}/cancel`), () => {
      status = 'processing';
      return problem(409, 'illegal-transition', { legal: [] });
    }),
  );
  const { user } = await renderShop(`/account/orders/${ID}`);
  await user.click(await screen.findByRole('button', { name: 'Cancel the order' }));
  const dialog = screen.getByRole('dialog', { name: 'Cancel the order' });
  await user.click(within(dialog).getByRole('button', { name: 'Cancel the order' }));
  expect(await screen.findByText(/has moved on and can no longer be cancelled/)).toBeVisible();
  expect(await screen.findByText('We are packing your order.')).toBeInTheDocument();
});

test('cancelling shows the cancelled order and takes the offer away', async () => {
  signIn(tokens());
  let status = 'confirmed';
  answer(() => order({ status }));
  server.use(
    http.post(api(`/orders/${ID}/cancel`), () => {
      status = 'cancelled';
      return HttpResponse.json(order({ status, cancel_reason: 'customer' }));
    }),
  );
  const { user } = await renderShop(`/account/orders/${ID}`);
  await user.click(await screen.findByRole('button', { name: 'Cancel the order' }));
  const dialog = screen.getByRole('dialog', { name: 'Cancel the order' });
  await user.click(within(dialog).getByRole('button', { name: 'Cancel the order' }));
  expect(await screen.findByText('Cancelled')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Cancel the order' })).toBeNull();
});

test('ordering again takes all there still is, and names what is not', async () => {
  signIn(tokens());
  const asked: unknown[] = [];
  answer(order);
  server.use(
    http.post(api('/cart/items'), async ({ request }) => {
      const body = (await request.json()) as { variant_id: string };
      asked.push(body);
      return body.variant_id === 'var_mug'
        ? problem(409, 'not-sellable', { variant_ids: ['var_mug'] })
        : HttpResponse.json(cart(), { status: 201 });
    }),
  );
  const { user } = await renderShop(`/account/orders/${ID}`);
  await user.click(await screen.findByRole('button', { name: 'Order again' }));
  // The message goes along into the drawer that opens.
  await waitFor(() =>
    expect(screen.getByText('Mug could not be added to your cart')).toBeVisible(),
  );
  await waitFor(() =>
    expect(asked).toEqual([
      { variant_id: 'var_mug', quantity: 2 },
      { variant_id: 'var_lamp', quantity: 1 },
    ]),
  );
});

test('a declined card leaves the order unpaid and the form open; another one pays', async () => {
  signIn(tokens());
  let status = 'pending';
  answer(() => order({ status, payment_status: status === 'pending' ? 'pending' : 'paid' }));
  server.use(
    http.post(api(`/orders/${ID}/payment`), () => HttpResponse.json({ id: 'pay_1' })),
    http.post(api('/payments/sessions/pay_1/confirm'), async ({ request }) => {
      const { card_number: card } = (await request.json()) as { card_number: string };
      const isGood = card.startsWith('4242');
      if (isGood) status = 'confirmed';
      return HttpResponse.json({ id: 'pay_1', status: isGood ? 'succeeded' : 'failed' });
    }),
  );
  const { user } = await renderShop(`/account/orders/${ID}`);
  await user.click(await screen.findByRole('button', { name: 'Pay €79.90' }));
  const dialog = screen.getByRole('dialog', { name: 'Pay by card' });
  const card = within(dialog).getByLabelText('Card number');
  await user.type(card, '4000000000000002{Enter}');
  await waitFor(() => expect(card).toHaveAccessibleDescription(/The card was declined/));
  await user.clear(card);
  await user.type(card, '4242424242424242{Enter}');
  expect(await screen.findByText('Confirmed')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Pay €79.90' })).toBeNull();
});

test('note and address can be corrected until the order is packed', async () => {
  signIn(tokens());
  let held = order({ version: 3 });
  const sent: unknown[] = [];
  answer(() => held);
  server.use(
    http.patch(api(`/orders/${ID}`), async ({ request }) => {
      const body = (await request.json()) as Partial<OrderOut>;
      sent.push([request.headers.get('If-Match'), body]);
      held = { ...held, ...body, version: held.version + 1 };
      return HttpResponse.json(held);
    }),
  );
  const { user } = await renderShop(`/account/orders/${ID}`);
  await user.click(await screen.findByRole('button', { name: 'Add a note' }));
  await user.type(await screen.findByLabelText('Your note'), 'Ring twice');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Ring twice')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Change the address' }));
  const line = await screen.findByLabelText('Street and house number');
  expect(screen.queryByLabelText('Country')).toBeNull();
  await user.clear(line);
  await user.type(line, 'Torstr. 14');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('The address is changed')).toBeVisible();
  expect(sent).toEqual([
    ['"3"', { note: 'Ring twice' }],
    ['"4"', { shipping_address: expect.objectContaining({ line1: 'Torstr. 14', country: 'DE' }) }],
  ]);
});

test('a packed order offers no corrections', async () => {
  signIn(tokens());
  answer(() => order({ status: 'processing' }));
  await renderShop(`/account/orders/${ID}`);
  expect(await screen.findByText('Delivery address')).toBeVisible();
  expect(screen.queryByRole('button', { name: /note|address/ })).toBeNull();
});

test('who bought as a guest puts the order into their account later', async () => {
  answer(order);
  signIn(tokens());
  server.use(http.post(api(`/orders/${ID}/claim`), () => HttpResponse.json(order())));
  const { user, path } = await renderShop(`/orders/${ID}`);
  await user.click(await screen.findByRole('button', { name: 'Keep it in my account' }));
  await waitFor(() => expect(path()).toBe(`/account/orders/${ID}`));
});
