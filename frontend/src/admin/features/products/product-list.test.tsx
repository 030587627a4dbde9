import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { api, problem, renderAdmin } from '@/admin/testing/render-admin';
import { server } from '../../../../test/msw/server';
import { answerAround, line, product, variant } from './testing';

/** Answers the list and tells what was asked for. */
function answerList(items = [line('a'), line('b')], next_cursor: string | null = null) {
  const asked: string[] = [];
  server.use(
    http.get(api('/admin/products'), ({ request }) => {
      const { searchParams } = new URL(request.url);
      searchParams.delete('limit');
      asked.push(searchParams.toString());
      return HttpResponse.json({ items, next_cursor });
    }),
  );
  return asked;
}

test('a link with filters shows just that, and a chip takes the filter away again', async () => {
  const asked = answerList();
  const { user, search } = renderAdmin('/products?status=draft&q=mug');
  await screen.findByText('Product a');
  expect(asked).toEqual(['q=mug&status=draft']);
  expect(screen.getByRole('searchbox')).toHaveValue('mug');
  await user.click(screen.getByRole('button', { name: 'Remove the filter Status' }));
  await waitFor(() => expect(asked.at(-1)).toBe('q=mug'));
  expect(search()).toBe('?q=mug');
});

test('what is typed into the search goes into the address, and Back takes it out', async () => {
  const asked = answerList();
  const { user, search, router } = renderAdmin('/products');
  await screen.findByText('Product a');
  await user.type(screen.getByRole('searchbox'), 'lamp');
  await waitFor(() => expect(search()).toBe('?q=lamp'));
  await waitFor(() => expect(asked.at(-1)).toBe('q=lamp'));
  await router.navigate(-1);
  await waitFor(() => expect(screen.getByRole('searchbox')).toHaveValue(''));
});

test('pages are turned by cursor, forward and back', async () => {
  const asked = answerList([line('a')], 'two');
  const { user, search } = renderAdmin('/products');
  await user.click(await screen.findByRole('button', { name: 'Next' }));
  await waitFor(() => expect(asked.at(-1)).toBe('cursor=two'));
  expect(search()).toBe('?cursor=two');
  await user.click(await screen.findByRole('button', { name: 'Previous' }));
  await waitFor(() => expect(search()).toBe(''));
});

test('a saved view keeps its filters under a name', async () => {
  answerList();
  const { user, search } = renderAdmin('/products?q=mug&status=draft');
  await screen.findByText('Product a');
  await user.click(screen.getByRole('button', { name: 'Save this view' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Mugs to do{Enter}');
  await user.click(screen.getByRole('button', { name: 'All' }));
  await waitFor(() => expect(search()).toBe(''));
  await user.click(screen.getByRole('button', { name: 'Mugs to do' }));
  await waitFor(() => expect(search()).toBe('?q=mug&status=draft'));
});

test('a list that cannot be read says why and reads again', async () => {
  let fails = true;
  server.use(
    http.get(api('/admin/products'), () =>
      fails
        ? problem(503, 'The database is busy')
        : HttpResponse.json({ items: [line('a')], next_cursor: null }),
    ),
  );
  const { user } = renderAdmin('/products');
  expect(await screen.findByText('The database is busy')).toBeVisible();
  fails = false;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Product a')).toBeVisible();
});

test('who may only read finds nothing to change', async () => {
  answerList();
  renderAdmin('/products', { permissions: ['catalog:read'] });
  await screen.findByText('Product a');
  expect(screen.queryByRole('button', { name: 'Add product' })).toBeNull();
  expect(screen.queryByRole('checkbox')).toBeNull();
});

test('a page that a role may not see is not there', async () => {
  renderAdmin('/products', { permissions: ['orders:read'] });
  expect(await screen.findByText('There is no such page')).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Products' })).toBeNull();
});

test('a change of many prices is shown first, and each product tells what became of it', async () => {
  answerList();
  answerAround();
  const full = {
    a: product({ id: 'a', title: 'Product a', version: 7 }),
    b: product({ id: 'b', title: 'Product b', variants: [variant('B')] }),
  };
  const sent: Record<string, unknown> = {};
  server.use(
    http.get(api('/admin/products/:id'), ({ params }) =>
      HttpResponse.json(full[params.id as keyof typeof full]),
    ),
    http.patch(api('/admin/products/:id'), async ({ params, request }) => {
      if (params.id === 'b') return problem(409, 'Another variant has this SKU');
      const body = (await request.json()) as { variants: { prices: unknown }[] };
      sent.match = request.headers.get('If-Match');
      sent.prices = body.variants[0]?.prices;
      return HttpResponse.json({ ...full.a, version: 8 });
    }),
  );
  const { user } = renderAdmin('/products');
  await user.click(await screen.findByRole('checkbox', { name: 'Select all rows of this page' }));
  await user.click(screen.getByRole('button', { name: 'Price' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByRole('textbox', { name: 'Percent' }), '-10');
  const row = await within(dialog).findByRole('row', { name: /Product a/ });
  expect(row).toHaveTextContent('€24.00');
  expect(row).toHaveTextContent('€21.60');
  await user.click(within(dialog).getByRole('button', { name: 'Save 2 products' }));
  expect(await within(dialog).findByText('1 saved, 1 refused')).toBeVisible();
  expect(within(dialog).getByRole('row', { name: /Product b/ })).toHaveTextContent(
    'Another variant has this SKU',
  );
  expect(sent).toEqual({
    match: '"7"',
    prices: [{ currency: 'EUR', amount: 2160, compare_at: null }],
  });
  expect(within(dialog).getByRole('button', { name: 'Try 1 product again' })).toBeEnabled();
});
