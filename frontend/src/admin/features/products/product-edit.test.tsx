import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { api, problem, renderAdmin } from '@/admin/testing/render-admin';
import { server } from '../../../../test/msw/server';
import { answerAround, product, variant } from './testing';

interface Sent {
  match: string | null;
  body: Record<string, unknown>;
}

/** One product on the server, that refuses old versions as the API does. */
function serve(first = product()) {
  answerAround();
  const remote = { product: first, sent: [] as Sent[] };
  server.use(
    http.get(api('/admin/products/:id'), () => HttpResponse.json(remote.product)),
    http.patch(api('/admin/products/:id'), async ({ request }) => {
      const match = request.headers.get('If-Match');
      const body = (await request.json()) as Record<string, unknown>;
      remote.sent.push({ match, body });
      if (match !== `"${remote.product.version}"`) return problem(412, 'It has changed');
      const { title = remote.product.title } = body as { title?: string };
      remote.product = { ...remote.product, title, version: remote.product.version + 1 };
      return HttpResponse.json(remote.product);
    }),
  );
  return remote;
}

const title = () => screen.findByRole('textbox', { name: 'Title' });

test('only what changed is saved, against the version that was read', async () => {
  const { sent } = serve();
  const { user } = renderAdmin('/products/prod_1');
  await user.type(await title(), ' XL');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Haven Mug XL' })).toBeVisible();
  expect(sent).toEqual([{ match: '"3"', body: { title: 'Haven Mug XL' } }]);
  expect(screen.queryByText('Unsaved changes')).toBeNull();
});

test('who saves second is told, keeps the words, and may save them over the first', async () => {
  const remote = serve();
  const { user } = renderAdmin('/products/prod_1');
  await user.type(await title(), ' mine');
  remote.product = product({ title: 'Theirs', version: 4 });
  await user.click(screen.getByRole('button', { name: 'Save' }));
  const dialog = await screen.findByRole('dialog', { name: 'Haven Mug has changed meanwhile' });
  expect(screen.getByDisplayValue('Haven Mug mine')).toBeInTheDocument();
  await user.click(within(dialog).getByRole('button', { name: 'Save mine over it' }));
  await waitFor(() => expect(remote.product.title).toBe('Haven Mug mine'));
  expect(remote.sent.map((each) => each.match)).toEqual(['"3"', '"4"']);
});

test('who saves second may load what the first saved', async () => {
  const remote = serve();
  const { user } = renderAdmin('/products/prod_1');
  await user.type(await title(), ' mine');
  remote.product = product({ title: 'Theirs', version: 4 });
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await user.click(await screen.findByRole('button', { name: 'Load theirs' }));
  await waitFor(async () => expect(await title()).toHaveValue('Theirs'));
  expect(screen.queryByText('Unsaved changes')).toBeNull();
});

test('a page with unsaved changes is not left without asking', async () => {
  serve();
  server.use(
    http.get(api('/admin/products'), () => HttpResponse.json({ items: [], next_cursor: null })),
  );
  const { user, path } = renderAdmin('/products/prod_1');
  await user.type(await title(), '!');
  await user.click(screen.getByRole('link', { name: 'Back to products' }));
  const dialog = await screen.findByRole('dialog', { name: 'Leave this page?' });
  await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  expect(path()).toBe('/products/prod_1');
  expect(await title()).toHaveValue('Haven Mug!');
  await user.click(screen.getByRole('link', { name: 'Back to products' }));
  await user.click(await screen.findByRole('button', { name: 'Leave without saving' }));
  await waitFor(() => expect(path()).toBe('/products'));
});

test('cells of a spreadsheet are pasted over several variants and saved in minor units', async () => {
  const { sent } = serve(
    product({
      options: [{ name: 'Size', values: ['S', 'M', 'L'] }],
      variants: ['S', 'M', 'L'].map((size) => variant(`MUG-${size}`, { options: { Size: size } })),
    }),
  );
  const { user } = renderAdmin('/products/prod_1');
  const cell = await screen.findByRole('textbox', { name: 'SKU, M' });
  fireEvent.paste(cell, { clipboardData: { getData: () => 'NEW-M\t1.234,50\nNEW-L\t€ 12\r\n' } });
  expect(screen.getByRole('textbox', { name: 'SKU, S' })).toHaveValue('MUG-S');
  expect(screen.getByRole('textbox', { name: 'Price (EUR), M' })).toHaveValue('1.234,50');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  const variants = sent[0]?.body.variants as { sku: string; prices: { amount: number }[] }[];
  expect(variants.map((each) => [each.sku, each.prices[0]?.amount])).toEqual([
    ['MUG-S', 2400],
    ['NEW-M', 123450],
    ['NEW-L', 1200],
  ]);
});

test('an amount that is none is marked in its cell and nothing is sent', async () => {
  const { sent } = serve();
  const { user } = renderAdmin('/products/prod_1');
  const cell = await screen.findByRole('textbox', { name: 'Price (EUR), The product' });
  await user.clear(cell);
  await user.type(cell, '12.345,678');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(cell).toBeInvalid());
  expect(sent).toEqual([]);
});

test('a field the API refuses says so beside the field', async () => {
  serve();
  server.use(
    http.patch(api('/admin/products/:id'), () =>
      problem(422, 'Not right', { errors: [{ pointer: '/slug', message: 'has odd letters' }] }),
    ),
  );
  const { user } = renderAdmin('/products/prod_1');
  const slug = await screen.findByRole('textbox', { name: 'Address' });
  await user.type(slug, '%');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('has odd letters')).toBeVisible();
  expect(slug).toBeInvalid();
});
