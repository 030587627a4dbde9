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

test('a search engine is told the description in words that stand apart', async () => {
  serve(product({ description: '<h2>Care</h2><p>By <b>ha</b>nd.</p><ul><li>Oil</li></ul>' }));
  renderAdmin('/products/prod_1');
  expect(await screen.findByText('Care By hand. Oil')).toBeVisible();
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

const place = (id: string, name: string, is_active = true) => ({
  id,
  name,
  code: id,
  priority: 0,
  is_active,
  address: null,
  version: 1,
});

const image = (id: string, position: number) => ({
  id,
  url: `/${id}.webp`,
  alt: id,
  width: 10,
  height: 10,
  position,
  sizes: [],
});

test('stock of a new variant can be put at every open location, also where there was none', async () => {
  serve();
  const sent: unknown[] = [];
  server.use(
    http.get(api('/admin/locations'), () =>
      HttpResponse.json({
        items: [place('loc_1', 'Dar'), place('loc_2', 'Rotterdam'), place('loc_3', 'Old', false)],
      }),
    ),
    http.get(api('/inventory/:sku'), () =>
      HttpResponse.json({
        sku: 'MUG',
        variant_id: 'var_MUG',
        in_stock: true,
        locations: [
          {
            id: 'loc_1',
            name: 'Dar',
            is_active: true,
            on_hand: 5,
            reserved: 1,
            available: 4,
            low_stock_threshold: null,
          },
        ],
      }),
    ),
    http.post(api('/admin/inventory/MUG/adjustments'), async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({}, { status: 201 });
    }),
  );
  const { user } = renderAdmin('/products/prod_1');
  const table = within(await screen.findByRole('table', { name: 'Inventory' }));
  const rows = await waitFor(() => {
    const found = table.getAllByRole('row').slice(1);
    expect(found.map((row) => row.textContent)).toEqual(['Dar514Adjust', 'Rotterdam000Adjust']);
    return found;
  });
  await user.click(within(rows[1] as HTMLElement).getByRole('button', { name: 'Adjust' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByRole('textbox', { name: 'Change' }), '12{Enter}');
  await user.click(dialog.getAllByRole('button').at(-1) as HTMLElement);
  await waitFor(() => expect(sent).not.toHaveLength(0));
  expect(sent[0]).toMatchObject({ location: 'loc_2', delta: 12, reason: 'receive' });
});

test('pictures are put in order by keyboard, and the focus stays on the button', async () => {
  const remote = serve(product({ images: [image('front', 0), image('back', 1)] }));
  server.use(
    http.patch(api('/admin/images/:id'), async ({ params, request }) => {
      const { position } = (await request.json()) as { position: number };
      const moved = remote.product.images.find((each) => each.id === params.id);
      const images = remote.product.images.filter((each) => each !== moved);
      if (moved) images.splice(position, 0, moved);
      remote.product = { ...remote.product, images, version: remote.product.version + 1 };
      return HttpResponse.json(moved);
    }),
  );
  const { user } = renderAdmin('/products/prod_1');
  const button = await screen.findByRole('button', { name: 'Move picture 1 back' });
  button.focus();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(button).toHaveAccessibleName('Move picture 2 back'));
  await waitFor(() => expect(remote.product.images.map(({ id }) => id)).toEqual(['back', 'front']));
  expect(button).toHaveFocus();
  await user.keyboard('{Enter}');
  expect(remote.product.images.map(({ id }) => id)).toEqual(['back', 'front']);
});
