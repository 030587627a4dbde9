import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { BulkEdit, RowResult } from '@/api/gen/types.gen';
import { api, problem, renderAdmin } from '@/admin/testing/render-admin';
import { server } from '../../../../../test/msw/server';
import { line, product } from '../testing';

interface Sent {
  body: BulkEdit;
  key: string | null;
}

const STALE = { type: '/problems/stale', title: 'It has changed', status: 412, detail: '' };

/** Products with versions, changed as the API does it: each judged by itself. */
function serve(versions: Record<string, number>) {
  const sent: Sent[] = [];
  const state = { versions, fails: false };
  server.use(
    http.get(api('/admin/categories'), () => HttpResponse.json({ items: [] })),
    http.get(api('/admin/brands'), () => HttpResponse.json({ items: [], next_cursor: null })),
    http.get(api('/admin/products'), () =>
      HttpResponse.json({ items: [line('a'), line('b')], next_cursor: null }),
    ),
    http.get(api('/admin/products/:id'), ({ params }) =>
      HttpResponse.json(product({ id: String(params.id), version: versions[String(params.id)] })),
    ),
    http.post(api('/admin/products/bulk'), async ({ request }) => {
      const body = (await request.json()) as BulkEdit;
      sent.push({ body, key: request.headers.get('Idempotency-Key') });
      if (state.fails && !body.dry_run) return problem(503, 'The database is busy');
      const items = body.items.map((item) => judged(state.versions, item, body));
      return HttpResponse.json({ dry_run: body.dry_run, items });
    }),
  );
  return { sent, state };
}

function judged(
  versions: Record<string, number>,
  { id, version }: BulkEdit['items'][number],
  { change, dry_run }: BulkEdit,
): RowResult {
  const current = versions[id] ?? 0;
  if (version !== current) {
    return { id, title: null, outcome: 'refused', version: null, changes: [], problem: STALE };
  }
  if (!dry_run) versions[id] = current + 1;
  const bp = change.price?.percent_bp ?? 0;
  const after = 2_400 + (2_400 * bp) / 10_000;
  const field = { field: 'price', sku: 'S', currency: 'EUR', before: 2_400, after };
  return { id, title: id, outcome: 'changed', version: current + 1, changes: [field] };
}

async function openPrices() {
  const { user } = renderAdmin('/products');
  await user.click(await screen.findByRole('checkbox', { name: 'Select all rows of this page' }));
  await user.click(screen.getByRole('button', { name: 'Price' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByRole('textbox', { name: 'Percent' }), '-10');
  return { user, dialog };
}

type Dialog = Awaited<ReturnType<typeof openPrices>>['dialog'];
type User = Awaited<ReturnType<typeof openPrices>>['user'];

const row = (dialog: Dialog, title: string) => {
  const rows: HTMLElement[] = dialog.getAllByRole('listitem');
  const found = rows.find((each) => each.textContent?.includes(title));
  if (!found) throw new Error(`no row ${title}`);
  return found;
};

/** Saves once what the button promises is what is shown. */
async function save({ click }: User, dialog: Dialog, name: string) {
  const button = await dialog.findByRole('button', { name });
  await waitFor(() => expect(button).toBeEnabled());
  await click(button);
}

test('a change is shown for each product before anything is kept, and then made', async () => {
  const { sent } = serve({ a: 1, b: 1 });
  const { user, dialog } = await openPrices();
  await waitFor(() => expect(row(dialog, 'Product a')).toHaveTextContent('€24.00→becomes€21.60'));
  expect(sent.every(({ body }) => body.dry_run)).toBe(true);
  await save(user, dialog, 'Save 2 products');
  expect(await dialog.findByText('2 saved, 0 refused')).toBeVisible();
  expect(sent.at(-1)?.body).toEqual({
    items: [
      { id: 'a', version: 1 },
      { id: 'b', version: 1 },
    ],
    change: { price: { percent_bp: -1_000, compare_at: 'keep' } },
  });
  expect(dialog.queryByRole('button', { name: /Try/ })).toBeNull();
});

test('a product that somebody else changed is told, and taken as it is now', async () => {
  const { sent } = serve({ a: 1, b: 6 });
  const { user, dialog } = await openPrices();
  await waitFor(() =>
    expect(row(dialog, 'Product b')).toHaveTextContent('Somebody changed it meanwhile'),
  );
  expect(dialog.getByRole('button', { name: 'Save 1 product' })).toBeEnabled();
  await user.click(dialog.getByRole('button', { name: 'Take 1 changed meanwhile as it is now' }));
  await waitFor(() => expect(row(dialog, 'Product b')).toHaveTextContent('€21.60'));
  await save(user, dialog, 'Save 2 products');
  expect(await dialog.findByText('2 saved, 0 refused')).toBeVisible();
  expect(sent.at(-1)?.body.items).toEqual([
    { id: 'a', version: 1 },
    { id: 'b', version: 6 },
  ]);
});

test('of what was refused while saving, and nothing else, there is another look', async () => {
  const { sent, state } = serve({ a: 1, b: 1 });
  const { user, dialog } = await openPrices();
  await waitFor(() => expect(row(dialog, 'Product b')).toHaveTextContent('€21.60'));
  state.versions.b = 2;
  await save(user, dialog, 'Save 2 products');
  expect(await dialog.findByText('1 saved, 1 refused')).toBeVisible();
  expect(row(dialog, 'Product a')).toHaveTextContent('Saved');
  await user.click(dialog.getByRole('button', { name: 'Try 1 product again' }));
  await waitFor(() => expect(row(dialog, 'Product b')).toHaveTextContent('€21.60'));
  expect(dialog.queryByText('Product a')).toBeNull();
  await save(user, dialog, 'Save 1 product');
  expect(await dialog.findByText('1 saved, 0 refused')).toBeVisible();
  expect(sent.at(-1)?.body.items).toEqual([{ id: 'b', version: 2 }]);
});

test('a request that failed says so at each product and is sent again under its key', async () => {
  const { sent, state } = serve({ a: 1, b: 1 });
  const { user, dialog } = await openPrices();
  await waitFor(() => expect(row(dialog, 'Product a')).toHaveTextContent('€21.60'));
  state.fails = true;
  await save(user, dialog, 'Save 2 products');
  expect(await dialog.findByText('0 saved, 2 refused')).toBeVisible();
  expect(row(dialog, 'Product b')).toHaveTextContent('The database is busy');
  state.fails = false;
  await user.click(dialog.getByRole('button', { name: 'Try 2 products again' }));
  await waitFor(() => expect(row(dialog, 'Product a')).toHaveTextContent('€21.60'));
  await save(user, dialog, 'Save 2 products');
  expect(await dialog.findByText('2 saved, 0 refused')).toBeVisible();
  const keys = sent.filter(({ body }) => !body.dry_run).map(({ key }) => key);
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
});

test('a second change of the same rows starts from what the first one made', async () => {
  const { sent } = serve({ a: 1, b: 1 });
  const { user, dialog } = await openPrices();
  await save(user, dialog, 'Save 2 products');
  await user.click((await dialog.findAllByRole('button', { name: 'Close' })).at(-1) as HTMLElement);
  await user.click(screen.getByRole('button', { name: 'Status' }));
  const second = within(await screen.findByRole('dialog'));
  await user.selectOptions(second.getByRole('combobox', { name: 'Status' }), 'archived');
  await waitFor(() => expect(sent.at(-1)?.body.change).toEqual({ status: 'archived' }));
  expect(sent.at(-1)?.body.items.map((item) => item.version)).toEqual([2, 2]);
});
