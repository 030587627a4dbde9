import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { api, renderAdmin } from '@/admin/testing/render-admin';
import { server } from '../../../test/msw/server';

const EMPTY = { items: [], next_cursor: null, total: 0 };

/** Every list there is, empty; what the palette asks for by words is written down. */
function serve() {
  const asked: string[] = [];
  server.use(
    http.get(api('/admin/todo'), () => HttpResponse.json({})),
    http.get(api('/admin/*'), ({ request }) => {
      const words = new URL(request.url).searchParams.get('q');
      if (words) asked.push(words);
      return HttpResponse.json(EMPTY);
    }),
  );
  return asked;
}

async function open(path = '/audit-log') {
  const admin = renderAdmin(path);
  await screen.findByRole('heading', { level: 1 });
  return admin;
}

test('a question mark tells the keys, on any page, and Escape puts them away', async () => {
  serve();
  const { user } = await open();
  await user.keyboard('?');
  const help = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
  expect(within(help).getByText('Save the page').closest('div')).toHaveTextContent('CtrlS');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('who types a question mark wants a question mark', async () => {
  serve();
  const { user } = await open('/orders');
  await user.keyboard('/');
  const search = await screen.findByRole('searchbox');
  expect(search).toHaveFocus();
  await user.keyboard('?');
  expect(search).toHaveValue('?');
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a box to tick takes no letters away from the keys', async () => {
  serve();
  const { user } = await open('/products');
  const box = document.createElement('input');
  box.type = 'checkbox';
  document.body.append(box);
  box.focus();
  await user.keyboard('?');
  expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  box.remove();
});

test.each([
  ['go', '/orders'],
  ['gp', '/products'],
  ['gc', '/customers'],
  ['gh', '/'],
])('%s leads to %s', async (keys, to) => {
  serve();
  const { user, path } = await open();
  await user.keyboard(keys);
  await waitFor(() => expect(path()).toBe(to));
});

test('the palette goes to a page by its name, and back again by the same keys', async () => {
  serve();
  const { user, path } = await open();
  await user.keyboard('{Control>}k{/Control}');
  const palette = await screen.findByRole('dialog');
  await user.type(within(palette).getByRole('combobox'), 'trial');
  await waitFor(() => expect(within(palette).getAllByRole('option')).toHaveLength(1));
  await user.keyboard('{Enter}');
  await waitFor(() => expect(path()).toBe('/trial-balance'));
  expect(screen.queryByRole('dialog')).toBeNull();
  await user.keyboard('{Control>}k{/Control}');
  await screen.findByRole('dialog');
  await user.keyboard('{Control>}k{/Control}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('the palette finds a product, and asks for it once somebody stops typing', async () => {
  const asked = serve();
  server.use(
    http.get(api('/admin/orders'), ({ request }) => {
      asked.push(new URL(request.url).searchParams.get('q') ?? '');
      return HttpResponse.json(EMPTY);
    }),
  );
  const { user } = await open();
  await user.keyboard('{Control>}k{/Control}');
  const palette = await screen.findByRole('dialog');
  await user.type(within(palette).getByRole('combobox'), 'mug');
  await waitFor(() => expect(asked).not.toHaveLength(0));
  expect(new Set(asked)).toEqual(new Set(['mug']));
  expect(await within(palette).findByText('Nothing found')).toBeVisible();
});

test('the palette offers nothing that its user may not see', async () => {
  serve();
  const { user } = renderAdmin('/', { permissions: ['orders:read'] });
  await screen.findByRole('heading', { level: 1 });
  await user.keyboard('{Control>}k{/Control}');
  const palette = await screen.findByRole('dialog');
  const names = within(palette)
    .getAllByRole('option')
    .map((option) => option.textContent);
  expect(names).toEqual(['Home', 'Orders']);
});
