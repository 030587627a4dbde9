import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { OrderOut, StaffTimelineOut } from '@/api/gen/types.gen';
import { api, problem, renderAdmin } from '@/admin/testing/render-admin';
import { server } from '../../../../test/msw/server';
import { legalMoves } from './moves';
import { order, timelineEntry } from './testing';

interface Sent {
  match: string | null;
  body: Record<string, unknown>;
}

/** One order on the server; it refuses old versions, and moves that are not legal, as the API. */
function serve(first: OrderOut = order()) {
  const state = { order: first, sent: [] as Sent[], timeline: [timelineEntry()] };
  server.use(
    http.get(api('/admin/orders/ord_1'), () => HttpResponse.json(state.order)),
    http.get(api('/admin/orders/ord_1/timeline'), () =>
      HttpResponse.json({ items: state.timeline }),
    ),
    http.get(api('/admin/customers'), () => HttpResponse.json({ items: [], next_cursor: null })),
    http.get(api('/admin/payments/pay_1/events'), () =>
      HttpResponse.json({
        items: [
          {
            provider: 'mock',
            event_id: 'evt_1',
            kind: 'payment_intent.succeeded',
            payment_reference: null,
            refund_reference: null,
            received_at: '2026-11-21T09:01:00Z',
            done: true,
          },
        ],
      }),
    ),
    http.post(api('/admin/orders/ord_1/status'), async ({ request }) => {
      const match = request.headers.get('If-Match');
      const body = (await request.json()) as { status: string };
      state.sent.push({ match, body });
      if (match !== `"${state.order.version}"`) return problem(412, 'It has changed');
      if (!legalMoves(state.order).some((move) => move === body.status)) {
        return problem(409, 'Not from there', { type: '/problems/illegal-transition', legal: [] });
      }
      const version = state.order.version + 1;
      state.order = { ...state.order, status: body.status, version };
      return HttpResponse.json(state.order);
    }),
    http.post(api('/admin/orders/ord_1/notes'), async ({ request }) => {
      const { note } = (await request.json()) as { note: string };
      const added: StaffTimelineOut = timelineEntry({
        seq: 2,
        kind: 'staff_note',
        to_status: null,
        by: 'user',
        by_name: 'Zuri Clerk',
        note,
      });
      state.timeline = [...state.timeline, added];
      return HttpResponse.json({ items: state.timeline }, { status: 201 });
    }),
  );
  return state;
}

const STEPS = ['Start processing', 'Mark as shipped', 'Mark as delivered'];
const offered = () => STEPS.filter((name) => screen.queryByRole('button', { name }) !== null);
const heading = () => screen.findByRole('heading', { level: 1, name: 'SK-7F3K9Q' });

test.each([
  ['pending', [], true],
  ['confirmed', ['Start processing'], true],
  ['processing', ['Mark as shipped'], true],
  ['shipped', ['Mark as delivered'], false],
  ['delivered', [], false],
  ['cancelled', [], false],
  ['refunded', [], false],
])('of an order that is %s only legal moves are offered', async (status, steps, cancellable) => {
  serve(order({ status }));
  const { user } = renderAdmin('/orders/ord_1');
  await heading();
  expect(offered()).toEqual(steps);
  const more = screen.queryByRole('button', { name: 'More' });
  expect(more !== null).toBe(cancellable);
  if (more) await user.click(more);
  expect(screen.queryByRole('menuitem', { name: 'Cancel order' }) !== null).toBe(cancellable);
});

test('who may only read orders is offered no moves and no notes', async () => {
  serve();
  renderAdmin('/orders/ord_1', { permissions: ['orders:read'] });
  await heading();
  expect(offered()).toEqual([]);
  expect(screen.queryByRole('textbox', { name: 'Leave a note' })).toBeNull();
  expect(screen.queryByText('Provider events')).toBeNull();
});

test('an order is moved with a note, against the version that was read', async () => {
  const state = serve();
  const { user } = renderAdmin('/orders/ord_1');
  await user.click(await screen.findByRole('button', { name: 'Start processing' }));
  const dialog = await screen.findByRole('dialog', { name: 'Start processing SK-7F3K9Q?' });
  await user.type(within(dialog).getByRole('textbox', { name: 'Note (optional)' }), 'Gift wrap');
  await user.click(within(dialog).getByRole('button', { name: 'Start processing' }));
  expect(await screen.findByRole('button', { name: 'Mark as shipped' })).toBeVisible();
  expect(state.sent).toEqual([{ match: '"3"', body: { status: 'processing', note: 'Gift wrap' } }]);
});

test('when the order changed meanwhile one is told, keeps the note, and may go on', async () => {
  const state = serve();
  const { user } = renderAdmin('/orders/ord_1');
  await user.click(await screen.findByRole('button', { name: 'Start processing' }));
  const dialog = await screen.findByRole('dialog');
  const note = within(dialog).getByRole('textbox', { name: 'Note (optional)' });
  await user.type(note, 'Gift wrap');
  state.order = { ...state.order, note: 'Ring twice', version: 4 };
  const go = within(dialog).getByRole('button', { name: 'Start processing' });
  await user.click(go);
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('now it is: Confirmed');
  expect(note).toHaveValue('Gift wrap');
  await user.click(go);
  await waitFor(() => expect(state.order.status).toBe('processing'));
  expect(state.sent.map((each) => each.match)).toEqual(['"3"', '"4"']);
});

test('when somebody cancelled meanwhile the step is no longer offered', async () => {
  const state = serve();
  const { user } = renderAdmin('/orders/ord_1');
  await user.click(await screen.findByRole('button', { name: 'Start processing' }));
  const dialog = await screen.findByRole('dialog');
  state.order = { ...state.order, status: 'cancelled', version: 4 };
  await user.click(within(dialog).getByRole('button', { name: 'Start processing' }));
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('no longer possible');
  expect(within(dialog).queryByRole('button', { name: 'Start processing' })).toBeNull();
});

test('a note appears in the timeline, with the name of who left it', async () => {
  serve();
  const { user } = renderAdmin('/orders/ord_1');
  await user.type(await screen.findByRole('textbox', { name: 'Leave a note' }), 'Called her');
  await user.click(screen.getByRole('button', { name: 'Add note' }));
  const timeline = await screen.findByRole('list', { name: 'Timeline' });
  expect(await within(timeline).findByText('Called her')).toBeVisible();
  expect(within(timeline).getByText(/^Zuri Clerk/)).toBeVisible();
  expect(screen.getByRole('textbox', { name: 'Leave a note' })).toHaveValue('');
});

test('a packing slip tells what goes into the parcel and no prices', async () => {
  serve();
  renderAdmin('/orders/ord_1/packing-slip');
  const row = await screen.findByRole('row', { name: /Haven Stoneware Mug/ });
  expect(within(row).getByRole('cell', { name: '2' })).toBeVisible();
  expect(within(row).getByRole('cell', { name: 'MUG-TERRA' })).toBeVisible();
  expect(document.querySelector('main')).not.toHaveTextContent('€');
});
