import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { CustomerOut } from '@/api/gen/types.gen';
import { api, renderAdmin } from '@/admin/testing/render-admin';
import { server } from '../../../../test/msw/server';

const ASHA: CustomerOut = {
  id: 'usr_1',
  kind: 'account',
  email: 'asha@example.com',
  name: 'Asha Mrema',
  is_active: true,
  email_verified_at: null,
  created_at: '2026-11-01T09:00:00Z',
  orders: 0,
  spent: [],
  first_order_at: null,
  last_order_at: null,
  last_order_id: null,
};

function serve() {
  const asked: Record<string, string>[] = [];
  server.use(
    http.get(api('/admin/customers'), ({ request }) => {
      asked.push(Object.fromEntries(new URL(request.url).searchParams));
      return HttpResponse.json({ items: [ASHA], next_cursor: null });
    }),
  );
  return asked;
}

test('accounts are sorted by when they joined; guests have an order of their own', async () => {
  const asked = serve();
  const { user, search } = renderAdmin('/customers');
  await user.click(await screen.findByRole('button', { name: 'Customer since' }));
  expect(search()).toBe('?sort=joined');
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ sort: 'joined' }));
  await user.click(screen.getByRole('button', { name: 'Guests' }));
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ kind: 'guest' }));
  expect(asked.at(-1)).not.toHaveProperty('sort');
  expect(screen.queryByRole('button', { name: 'Customer since' })).toBeNull();
});
