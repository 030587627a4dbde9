import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { signIn, signOut } from '@/shared/session';
import { order, tokens } from '../../../testing/people';
import { api, renderShop } from '../../../testing/renderShop';
import { server } from '../../../../../test/msw/server';

const PAID = order();
const WAITING = order({ id: 'ord_2', number: 'S-WAIT-WAIT', status: 'pending' });
const ORDERS = [PAID, WAITING];

/** Answers with the orders of the status that was asked for. */
function answer(orders = ORDERS) {
  server.use(
    http.get(api('/orders'), ({ request }) => {
      const status = new URL(request.url).searchParams.get('status');
      const items = orders.filter((each) => !status || each.status === status);
      return HttpResponse.json({ items, next_cursor: null });
    }),
  );
}

beforeEach(() => signIn(tokens()));
afterEach(() => signOut());

test('a status is chosen into the address, and only its orders are shown', async () => {
  answer();
  const { user, path } = await renderShop('/account/orders');
  expect(await screen.findByText(PAID.number)).toBeVisible();
  expect(screen.getByText(WAITING.number)).toBeVisible();
  expect(screen.getByRole('link', { name: 'All' })).toHaveAttribute('aria-current', 'true');

  await user.click(screen.getByRole('link', { name: 'Waiting for payment' }));
  expect(path()).toBe('/account/orders?status=pending');
  await waitFor(() => expect(screen.queryByText(PAID.number)).toBeNull());
  expect(await screen.findByText(WAITING.number)).toBeVisible();
  const chosen = screen.getByRole('link', { name: 'Waiting for payment' });
  expect(chosen).toHaveAttribute('aria-current', 'true');
  expect(chosen).toHaveFocus();

  await user.click(screen.getByRole('link', { name: 'All' }));
  expect(path()).toBe('/account/orders');
  expect(await screen.findByText(PAID.number)).toBeVisible();
});

test('an address with a status shows its orders at once, and one with nonsense shows all', async () => {
  answer();
  const { view } = await renderShop('/account/orders?status=confirmed');
  expect(await screen.findByText(PAID.number)).toBeVisible();
  expect(screen.queryByText(WAITING.number)).toBeNull();
  view.unmount();

  await renderShop('/account/orders?status=lost');
  expect(await screen.findByText(WAITING.number)).toBeVisible();
  expect(screen.getByRole('link', { name: 'All' })).toHaveAttribute('aria-current', 'true');
});

test('a status without orders says so and leads back to all of them', async () => {
  answer();
  const { user } = await renderShop('/account/orders?status=shipped');
  expect(await screen.findByText('No orders under “On its way”')).toBeVisible();
  await user.click(screen.getByRole('link', { name: 'Show all orders' }));
  expect(await screen.findByText(PAID.number)).toBeVisible();
});

test('who never ordered is shown what to buy, and no filter', async () => {
  answer([]);
  await renderShop('/account/orders');
  expect(await screen.findByText('No orders yet')).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Delivered' })).toBeNull();
});
