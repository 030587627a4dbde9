import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { StaffSessionOut } from '@/api/gen/types.gen';
import { api, renderAdmin } from '@/admin/testing/render-admin';
import { server } from '../../../../test/msw/server';

const payment: StaffSessionOut = {
  id: 'pay_1',
  order_id: 'ord_1',
  status: 'failed',
  provider: 'mock',
  mode: 'intent',
  amount: { amount: 5290, currency: 'EUR' },
  failure: { code: 'card_declined', message: 'Your card was declined.' },
  expires_at: '2026-11-21T10:00:00Z',
  captured: 0,
  refunded: 0,
  reference: 'pi_1',
  capture_reference: null,
  declines: 2,
  created_at: '2026-11-21T09:00:00Z',
};

const event = (event_id: string, kind: string, done: boolean) => ({
  provider: 'mock',
  event_id,
  kind,
  payment_reference: 'pi_1',
  refund_reference: null,
  received_at: '2026-11-21T09:01:00Z',
  done,
});

test('a payment opens with its events, newest first, and leads to its order', async () => {
  const asked: (string | null)[] = [];
  server.use(
    http.get(api('/admin/payments'), ({ request }) => {
      asked.push(new URL(request.url).searchParams.get('status'));
      return HttpResponse.json({ items: [payment], next_cursor: null });
    }),
    http.get(api('/admin/payments/pay_1/events'), () =>
      HttpResponse.json({
        items: [event('evt_1', 'payment_intent.created', true), event('evt_2', 'late', false)],
      }),
    ),
  );
  const { user, search } = renderAdmin('/payments?status=failed');
  await user.click(await screen.findByRole('button', { name: 'Show the payment of €52.90' }));
  expect(asked).toEqual(['failed']);
  expect(search()).toBe('?status=failed&payment=pay_1');
  const dialog = await screen.findByRole('dialog', { name: 'Payment of €52.90' });
  const events = await within(dialog).findByRole('list', { name: 'Provider events' });
  const told = within(events).getAllByRole('listitem');
  expect(told.map((each) => each.querySelector('code')?.textContent)).toEqual([
    'late',
    'payment_intent.created',
  ]);
  expect(within(dialog).getByText('Your card was declined.')).toBeVisible();
  expect(within(dialog).getByRole('link', { name: 'Open the order' })).toHaveAttribute(
    'href',
    '/orders/ord_1',
  );
});
