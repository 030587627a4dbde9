import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { EntryOut } from '@/api/gen/types.gen';
import { api, renderAdmin } from '@/admin/testing/render-admin';
import { server } from '../../../../test/msw/server';

const entry: EntryOut = {
  id: 'aud_1',
  at: '2026-11-21T09:00:00Z',
  actor: 'usr_1',
  action: 'order.status_set',
  subject: 'ord_1',
  before: { status: 'confirmed' },
  after: { status: 'processing', parcels: [1, 2] },
  request_id: 'req_7',
  note: 'Gift wrap',
};

function serve() {
  const asked: Record<string, string>[] = [];
  server.use(
    http.get(api('/admin/audit-log'), ({ request }) => {
      asked.push(Object.fromEntries(new URL(request.url).searchParams));
      return HttpResponse.json({ items: [entry], next_cursor: null });
    }),
  );
  return asked;
}

test('filters by actor and action go to the API and stand as chips', async () => {
  const asked = serve();
  renderAdmin('/audit-log?actor=usr_1&action=order.status_set');
  await screen.findByRole('button', { name: 'Order moved along' });
  expect(asked[0]).toMatchObject({ actor: 'usr_1', action: 'order.status_set' });
  const chips = screen.getByRole('list', { name: 'Active filters' });
  expect(within(chips).getByText('order.status_set')).toBeVisible();
});

test('a change opens with each field before and after; the URL leads to it', async () => {
  serve();
  const { user, search } = renderAdmin('/audit-log');
  await user.click(await screen.findByRole('button', { name: 'Order moved along' }));
  expect(search()).toBe('?entry=aud_1');
  const dialog = await screen.findByRole('dialog', { name: 'Order moved along' });
  expect(within(dialog).getByRole('row', { name: 'status confirmed processing' })).toBeVisible();
  expect(within(dialog).getByRole('row', { name: /^parcels – \[/ })).toBeVisible();
  expect(within(dialog).getByText('Gift wrap')).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(search()).toBe(''));
});

test('without the permission there is no such page', async () => {
  renderAdmin('/audit-log', { permissions: ['orders:read'] });
  expect(await screen.findByText('There is no such page')).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Audit log' })).toBeNull();
});
