import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { api, problem, renderAdmin } from '@/admin/testing/render-admin';
import { server } from '../../../../test/msw/server';
import { order } from './testing';

/** What the list asked for, question by question. */
function serve(items = [order()]) {
  const asked: Record<string, string>[] = [];
  server.use(
    http.get(api('/admin/orders'), ({ request }) => {
      asked.push(Object.fromEntries(new URL(request.url).searchParams));
      return HttpResponse.json({ items, next_cursor: null, total: items.length });
    }),
  );
  return asked;
}

test('filters stand in the URL, go to the API, and can be dropped as chips', async () => {
  const asked = serve();
  const { user, search } = renderAdmin('/orders?payment_status=paid&status=confirmed');
  await screen.findByRole('link', { name: 'SK-7F3K9Q' });
  expect(asked[0]).toMatchObject({ payment_status: 'paid', status: 'confirmed' });
  const chips = screen.getByRole('list', { name: 'Active filters' });
  expect(within(chips).getByText('Paid')).toBeVisible();
  await user.click(within(chips).getByRole('button', { name: 'Remove the filter Payment' }));
  await waitFor(() => expect(search()).toBe('?status=confirmed'));
  await waitFor(() => expect(asked.at(-1)).not.toHaveProperty('payment_status'));
});

test('a day is asked for as a moment of the clock here, the last one as a whole', async () => {
  const asked = serve();
  renderAdmin('/orders?placed_from=2026-11-20&placed_to=2026-11-21');
  await screen.findByRole('link', { name: 'SK-7F3K9Q' });
  expect(asked[0]).toMatchObject({
    placed_from: new Date(2026, 10, 20).toISOString(),
    placed_to: new Date(2026, 10, 22).toISOString(),
  });
});

test('a view sets the filters; Back takes them away again', async () => {
  serve();
  const { user, search, router } = renderAdmin('/orders');
  await user.click(await screen.findByRole('button', { name: 'To fulfil' }));
  expect(search()).toBe('?status=confirmed');
  expect(screen.getByRole('button', { name: 'To fulfil' })).toHaveAttribute('aria-pressed', 'true');
  await router.navigate(-1);
  await waitFor(() => expect(search()).toBe(''));
});

test('a click on a heading sorts the list, by the API and in the URL', async () => {
  const asked = serve();
  const { user, search } = renderAdmin('/orders');
  await user.click(await screen.findByRole('button', { name: 'Total' }));
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ sort: 'total' }));
  expect(screen.getByRole('columnheader', { name: 'Total' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  await user.click(screen.getByRole('button', { name: 'Total' }));
  expect(search()).toBe('?sort=-total');
  await user.click(screen.getByRole('button', { name: 'Total' }));
  expect(search()).toBe('');
  await waitFor(() => expect(asked.at(-1)).not.toHaveProperty('sort'));
});

test('a sort that the API does not know is not asked for', async () => {
  const asked = serve();
  renderAdmin('/orders?sort=shoe-size');
  await screen.findByRole('link', { name: 'SK-7F3K9Q' });
  expect(asked[0]).not.toHaveProperty('sort');
});

test('what is typed into the search goes into the URL', async () => {
  const asked = serve();
  const { user, search } = renderAdmin('/orders');
  await user.type(
    await screen.findByRole('searchbox', { name: 'Search number or e-mail' }),
    'alice@',
  );
  await waitFor(() => expect(search()).toBe('?q=alice%40'));
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ q: 'alice@' }));
});

test('one page leads to the next and back, also by the keys of the browser', async () => {
  server.use(
    http.get(api('/admin/orders'), ({ request }) => {
      const cursor = new URL(request.url).searchParams.get('cursor');
      const number = cursor ? 'SK-SECOND' : 'SK-FIRST';
      return HttpResponse.json({
        items: [order({ number })],
        next_cursor: cursor ? null : 'two',
        total: 2,
      });
    }),
  );
  const { user, search, router } = renderAdmin('/orders');
  await screen.findByRole('link', { name: 'SK-FIRST' });
  expect(screen.getByRole('button', { name: 'Previous' })).toBeDisabled();
  await user.click(screen.getByRole('button', { name: 'Next' }));
  await screen.findByRole('link', { name: 'SK-SECOND' });
  expect(search()).toBe('?cursor=two');
  expect(screen.getByRole('button', { name: 'Next' })).toBeDisabled();
  await user.click(screen.getByRole('button', { name: 'Previous' }));
  await screen.findByRole('link', { name: 'SK-FIRST' });
  expect(search()).toBe('');
  await router.navigate(-1);
  await screen.findByRole('link', { name: 'SK-SECOND' });
});

test('what matches nothing is told apart from what is not there yet', async () => {
  serve([]);
  const { user, search } = renderAdmin('/orders?status=shipped');
  expect(await screen.findByText('Nothing matches')).toBeVisible();
  expect(screen.queryByText('No orders yet')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Show all' }));
  await waitFor(() => expect(search()).toBe(''));
  expect(await screen.findByText('No orders yet')).toBeVisible();
});

test('without any order the page says how to get the first', async () => {
  serve([]);
  renderAdmin('/orders');
  expect(await screen.findByText('No orders yet')).toBeVisible();
});

test('when the list fails it can be tried again', async () => {
  server.use(http.get(api('/admin/orders'), () => problem(500, 'Something broke')));
  const { user } = renderAdmin('/orders');
  expect(await screen.findByRole('alert')).toHaveTextContent('Something broke');
  serve();
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('link', { name: 'SK-7F3K9Q' })).toBeVisible();
});
