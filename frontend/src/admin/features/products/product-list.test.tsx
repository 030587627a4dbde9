import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { StaffProduct } from '@/api/gen/types.gen';
import { api, problem, renderAdmin } from '@/admin/testing/render-admin';
import { server } from '../../../../test/msw/server';
import { answerAround, line, product } from './testing';

/** Answers the list and tells what was asked for. */
function answerList(items = [line('a'), line('b')], next_cursor: string | null = null) {
  const asked: string[] = [];
  answerTaxonomy();
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

const MUGS = { id: 'cat_mugs', slug: 'mugs', name: 'Mugs', parent_id: 'cat_home' };
const HOME = { id: 'cat_home', slug: 'home', name: 'Home', parent_id: null };
const SHELF = { description: '', position: 0, is_active: true, version: 1 };

function answerTaxonomy() {
  const clay = { id: 'brd_clay', slug: 'clay', name: 'Kilima Clay', description: '', version: 1 };
  server.use(
    http.get(api('/admin/categories'), () =>
      HttpResponse.json({
        items: [
          { ...HOME, ...SHELF },
          { ...MUGS, ...SHELF },
        ],
      }),
    ),
    http.get(api('/admin/brands'), () => HttpResponse.json({ items: [clay], next_cursor: null })),
  );
}

const sorted = (query = '') => {
  const params = new URLSearchParams(query);
  params.sort();
  return params.toString();
};

test('each filter of the API goes into the address, and stands as a chip by its name', async () => {
  const asked = answerList();
  const { user, search } = renderAdmin('/products');
  await screen.findByText('Product a');
  await user.click(await screen.findByRole('button', { name: 'Filter' }));
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Category' }), 'cat_mugs');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Brand' }), 'brd_clay');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Stock' }), 'false');
  await user.type(screen.getByRole('textbox', { name: 'Tag' }), 'sale{Enter}');
  await waitFor(() =>
    expect(search()).toBe('?brand=brd_clay&category=cat_mugs&in_stock=false&tag=sale'),
  );
  await waitFor(() =>
    expect(sorted(asked.at(-1))).toBe('brand=brd_clay&category=cat_mugs&in_stock=false&tag=sale'),
  );
  await user.keyboard('{Escape}');
  const chips = screen.getByRole('list', { name: 'Active filters' });
  expect(chips).toHaveTextContent('Category:Mugs');
  expect(chips).toHaveTextContent('Brand:Kilima Clay');
  expect(chips).toHaveTextContent('Stock:Sold out');
  await user.click(screen.getByRole('button', { name: 'Remove the filter Brand' }));
  await waitFor(() => expect(search()).toBe('?category=cat_mugs&in_stock=false&tag=sale'));
});

test('what an address asks for that the list does not know is not sent', async () => {
  const asked = answerList();
  renderAdmin('/products?status=melted&in_stock=maybe&sort=luck&tag=%20');
  await screen.findByText('Product a');
  expect(asked).toEqual(['']);
});

test('a click on a header sorts, once more turns it round, and a saved view keeps the order', async () => {
  const asked = answerList();
  const { user, search } = renderAdmin('/products');
  await screen.findByText('Product a');
  await user.click(screen.getByRole('button', { name: 'Product' }));
  await waitFor(() => expect(asked.at(-1)).toBe('sort=title'));
  await user.click(screen.getByRole('button', { name: 'Product' }));
  await waitFor(() => expect(search()).toBe('?sort=-title'));
  await user.click(screen.getByRole('button', { name: 'Save this view' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'From Z{Enter}');
  await user.click(screen.getByRole('button', { name: 'All' }));
  await user.click(await screen.findByRole('button', { name: 'From Z' }));
  await waitFor(() => expect(asked.at(-1)).toBe('sort=-title'));
});

test('a saved view brings back the columns it was saved with', async () => {
  answerList();
  const { user } = renderAdmin('/products');
  await screen.findByText('Product a');
  const hide = async () => {
    await user.click(await screen.findByRole('button', { name: 'Columns' }));
    await user.click(await screen.findByRole('menuitemcheckbox', { name: 'Brand' }));
    await user.keyboard('{Escape}');
  };
  await hide();
  expect(screen.queryByRole('columnheader', { name: 'Brand' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Save this view' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Narrow{Enter}');
  await hide();
  expect(screen.getByRole('columnheader', { name: 'Brand' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Narrow' }));
  await waitFor(() => expect(screen.queryByRole('columnheader', { name: 'Brand' })).toBeNull());
});

test('a product is duplicated from the list, and the copy is opened', async () => {
  answerList();
  answerAround();
  const sent: unknown[] = [];
  server.use(
    http.post(api('/admin/products/a/duplicate'), async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(product({ id: 'copy', title: 'Copy of Product a' }), {
        status: 201,
      });
    }),
    http.get(api('/admin/products/copy'), () =>
      HttpResponse.json(product({ id: 'copy', title: 'Copy of Product a' })),
    ),
  );
  const { user, path } = renderAdmin('/products');
  await user.click(await screen.findByRole('button', { name: 'More for Product a' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Duplicate' }));
  await waitFor(() => expect(path()).toBe('/products/copy'));
  expect(sent).toEqual([{ title: 'Copy of Product a' }]);
});

test('a product is archived from the list against the version that the row shows, and back', async () => {
  const asked = answerList([line('a', { version: 4 })]);
  const sent: unknown[] = [];
  server.use(
    http.patch(api('/admin/products/a'), async ({ request }) => {
      const body = (await request.json()) as { status: StaffProduct['status'] };
      sent.push({ match: request.headers.get('If-Match'), body });
      return HttpResponse.json(product({ id: 'a', ...body, version: 4 + sent.length }));
    }),
  );
  const { user } = renderAdmin('/products');
  await user.click(await screen.findByRole('button', { name: 'More for Product a' }));
  const before = asked.length;
  await user.click(await screen.findByRole('menuitem', { name: 'Archive' }));
  await waitFor(() => expect(sent).toEqual([{ match: '"4"', body: { status: 'archived' } }]));
  await waitFor(() => expect(asked.length).toBeGreaterThan(before));
  const between = asked.length;
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('It is as it was before')).toBeVisible();
  // As it was: active, not the draft that restoring makes of it.
  expect(sent.at(-1)).toEqual({ match: '"5"', body: { status: 'active' } });
  await waitFor(() => expect(asked.length).toBeGreaterThan(between));
});

test('what somebody else changed since is not undone', async () => {
  answerList([line('a', { status: 'archived', version: 4 })]);
  let count = 0;
  server.use(
    http.patch(api('/admin/products/a'), () => {
      count += 1;
      if (count > 1) return problem(412, 'It has changed meanwhile');
      return HttpResponse.json(product({ id: 'a', status: 'draft', version: 5 }));
    }),
  );
  const { user } = renderAdmin('/products');
  await user.click(await screen.findByRole('button', { name: 'More for Product a' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Restore as draft' }));
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('It has changed meanwhile')).toBeVisible();
  expect(screen.queryByText('It is as it was before')).toBeNull();
});

/** What the browser was given to keep, by name. */
function catchFiles() {
  const files: string[] = [];
  URL.createObjectURL ??= () => 'blob:';
  URL.revokeObjectURL ??= () => undefined;
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(
    this: HTMLAnchorElement,
  ) {
    files.push(this.download);
  });
  return files;
}

const said = () => screen.queryAllByText(/there are more|has them all/).map((p) => p.textContent);

test.each([
  [3, ['products-view.csv'], []],
  [20_000, ['products-view.csv'], []],
  [
    20_001,
    ['products-view-first-20000.csv'],
    [
      'The file has the first 20,000 rows; there are more',
      '“Export all”, above the list, has them all.',
    ],
  ],
])('a file of %i rows says when it has not all of them', async (total, names, told) => {
  answerTaxonomy();
  const files = catchFiles();
  const many = Array.from({ length: total }, (_, index) => line(`p${index}`));
  server.use(
    http.get(api('/admin/products'), ({ request }) => {
      const { searchParams } = new URL(request.url);
      if (searchParams.get('limit') === '50') {
        return HttpResponse.json({ items: [line('a')], next_cursor: null });
      }
      // Long pages, to be there sooner.
      const from = Number(searchParams.get('cursor') ?? 0);
      const next = from + 8_000;
      return HttpResponse.json({
        items: many.slice(from, next),
        next_cursor: next < total ? String(next) : null,
      });
    }),
  );
  const { user } = renderAdmin('/products');
  await user.click(await screen.findByRole('button', { name: 'Download this view as CSV' }));
  await waitFor(() => expect(files).toEqual(names));
  await waitFor(() => expect(said()).toEqual(told));
});
