import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { OrderOut, OrderStatus } from '@/api/gen/types.gen';
import { api, problem, renderAdmin } from '@/admin/testing/render-admin';
import { server } from '../../../../../test/msw/server';
import { order } from '../testing';

const numbered = (number: string, status: OrderStatus): OrderOut =>
  order({ id: `ord_${number}`, number, status, version: 3 });

interface Sent {
  id: string;
  body: unknown;
  version: string | null;
  key: string | null;
}

/** Orders that can be moved; `answers` are what the API says to the next requests about one. */
function serve(orders: OrderOut[]) {
  const state = new Map(orders.map((each) => [each.id, each]));
  const sent: Sent[] = [];
  const answers = new Map<string, (() => Response)[]>();
  server.use(
    http.get(api('/admin/orders'), () =>
      HttpResponse.json({ items: orders, next_cursor: null, total: orders.length }),
    ),
    http.get(api('/admin/orders/:id'), ({ params }) =>
      HttpResponse.json(state.get(String(params.id))),
    ),
    http.post(api('/admin/orders/:id/status'), async ({ params, request }) => {
      const id = String(params.id);
      const body = (await request.json()) as { status: string };
      const { headers } = request;
      sent.push({
        id,
        body,
        version: headers.get('If-Match'),
        key: headers.get('Idempotency-Key'),
      });
      const answer = answers.get(id)?.shift();
      if (answer) return answer();
      const was = state.get(id) ?? order();
      state.set(id, { ...was, status: body.status, version: was.version + 1 });
      return HttpResponse.json(state.get(id));
    }),
  );
  return { sent, state, answers };
}

async function choose(button: string) {
  const shown = renderAdmin('/orders');
  await shown.user.click(
    await screen.findByRole('checkbox', { name: 'Select all rows of this page' }),
  );
  await shown.user.click(screen.getByRole('button', { name: button }));
  const dialog = within(await screen.findByRole('dialog'));
  const lines = () => dialog.getAllByRole('listitem').map((line) => line.textContent);
  const press = async (name: string) => shown.user.click(dialog.getByRole('button', { name }));
  return { ...shown, dialog, lines, press };
}

test('before anything is sent each order says whether it moves, and why not', async () => {
  const { sent } = serve([
    numbered('A', 'processing'),
    numbered('B', 'pending'),
    numbered('C', 'confirmed'),
    numbered('D', 'delivered'),
    numbered('E', 'cancelled'),
  ]);
  const { dialog, lines, press } = await choose('Mark as shipped');
  expect(lines()).toEqual([
    'A · Alice MoreauProcessing→becomesShipped',
    'B · Alice MoreauIt is not paid yet.Unchanged',
    'C · Alice MoreauNot that far yet: Confirmed.Unchanged',
    'D · Alice MoreauIt is there already: Delivered.Unchanged',
    'E · Alice MoreauIt goes nowhere from here: Cancelled.Unchanged',
  ]);
  expect(dialog.getByText('1 order will be moved')).toBeVisible();
  expect(sent).toEqual([]);
  await press('Mark as shipped');
  expect(await dialog.findByText('1 moved, 0 refused')).toBeVisible();
  expect(lines()[0]).toBe('A · Alice MoreauShippedSaved');
  expect(sent).toEqual([
    { id: 'ord_A', body: { status: 'shipped' }, version: '"3"', key: expect.any(String) },
  ]);
  expect(dialog.queryByRole('button', { name: /Try/ })).toBeNull();
});

test('each order is a request of its own, under a key of its own', async () => {
  const { sent } = serve(['A', 'B', 'C', 'D', 'E', 'F'].map((name) => numbered(name, 'confirmed')));
  const { dialog, press } = await choose('Start processing');
  await press('Start processing');
  expect(await dialog.findByText('6 moved, 0 refused')).toBeVisible();
  const asked = sent.map(({ id }) => id).sort();
  expect(asked).toEqual(['ord_A', 'ord_B', 'ord_C', 'ord_D', 'ord_E', 'ord_F']);
  expect(new Set(sent.map(({ key }) => key)).size).toBe(6);
});

test('one that got no answer is sent again under its key, and nothing else', async () => {
  const { sent, answers } = serve([numbered('A', 'confirmed'), numbered('B', 'confirmed')]);
  answers.set('ord_B', [() => problem(503, 'The database is busy')]);
  const { dialog, lines, press } = await choose('Start processing');
  await press('Start processing');
  expect(await dialog.findByText('1 moved, 1 refused')).toBeVisible();
  expect(lines()[1]).toContain('The database is busy');
  await press('Try 1 order again');
  await waitFor(() => expect(lines()).toEqual(['B · Alice MoreauConfirmed→becomesProcessing']));
  await press('Start processing');
  expect(await dialog.findByText('1 moved, 0 refused')).toBeVisible();
  const [first, second] = sent.filter(({ id }) => id === 'ord_B');
  expect(sent).toHaveLength(3);
  expect(first).toEqual(second);
});

test('one that somebody else moved meanwhile is looked at as it is now', async () => {
  const { sent, state, answers } = serve([
    numbered('A', 'confirmed'),
    numbered('B', 'confirmed'),
    numbered('C', 'confirmed'),
  ]);
  for (const [id, status] of [
    ['ord_B', 'processing'],
    ['ord_C', 'confirmed'],
  ] as const) {
    answers.set(id, [() => problem(412, 'Stale')]);
    state.set(id, { ...order(), ...state.get(id), status, version: 7 });
  }
  const { dialog, lines, press } = await choose('Start processing');
  await press('Start processing');
  expect(await dialog.findByText('1 moved, 2 refused')).toBeVisible();
  expect(lines()[1]).toContain('Somebody changed it meanwhile.');
  await press('Try 2 orders again');
  await waitFor(() =>
    expect(lines()).toEqual([
      'B · Alice MoreauIt is there already: Processing.Unchanged',
      'C · Alice MoreauConfirmed→becomesProcessing',
    ]),
  );
  await press('Start processing');
  expect(await dialog.findByText('1 moved, 0 refused')).toBeVisible();
  expect(sent.at(-1)).toMatchObject({ id: 'ord_C', version: '"7"' });
  expect(sent).toHaveLength(4);
});

test('a second step starts from where the first one led', async () => {
  const { sent } = serve([numbered('A', 'confirmed')]);
  const { user, dialog, press } = await choose('Start processing');
  await press('Start processing');
  await dialog.findByText('1 moved, 0 refused');
  await user.click(dialog.getAllByRole('button', { name: 'Close' }).at(-1) as HTMLElement);
  await user.click(screen.getByRole('button', { name: 'Mark as shipped' }));
  const second = within(await screen.findByRole('dialog'));
  await user.click(await second.findByRole('button', { name: 'Mark as shipped' }));
  await second.findByText('1 moved, 0 refused');
  expect(sent.at(-1)).toMatchObject({ body: { status: 'shipped' }, version: '"4"' });
});

test('who may only read orders can print their slips and move none', async () => {
  serve([numbered('A', 'confirmed'), numbered('B', 'confirmed')]);
  const { user } = renderAdmin('/orders', { permissions: ['orders:read'] });
  await user.click(await screen.findByRole('checkbox', { name: 'Select all rows of this page' }));
  expect(screen.getByRole('link', { name: 'Print packing slips' })).toHaveAttribute(
    'href',
    '/orders/packing-slips?ids=ord_A,ord_B',
  );
  expect(screen.queryByRole('button', { name: 'Start processing' })).toBeNull();
});

test('the slips of several orders stand one after the other, for their parcels', async () => {
  serve([numbered('A', 'confirmed'), numbered('B', 'confirmed')]);
  renderAdmin('/orders/packing-slips?ids=ord_B,ord_A');
  expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent('2 packing slips');
  expect(screen.getAllByRole('article').map((slip) => slip.getAttribute('aria-label'))).toEqual([
    'B',
    'A',
  ]);
  expect(screen.getAllByRole('heading', { level: 2 })[0]).toHaveTextContent('Packing slip B');
});

test('slips that cannot be read are told beside the others', async () => {
  serve([numbered('A', 'confirmed')]);
  server.use(http.get(api('/admin/orders/ord_Z'), () => problem(404, 'No such order')));
  renderAdmin('/orders/packing-slips?ids=ord_A,ord_Z');
  expect(await screen.findByRole('alert')).toHaveTextContent('No such order');
  expect(screen.getByRole('article', { name: 'A' })).toBeVisible();
});
