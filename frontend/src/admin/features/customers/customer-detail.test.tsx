import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { CustomerDetail, Permission, Profile } from '@/api/gen/types.gen';
import { api, problem, renderAdmin } from '@/admin/testing/render-admin';
import { server } from '../../../../test/msw/server';

const customer: CustomerDetail = {
  id: 'usr_2',
  kind: 'account',
  email: 'bob@example.com',
  name: 'Bob Lindqvist',
  is_active: true,
  email_verified_at: null,
  created_at: '2026-11-01T08:00:00Z',
  orders: 3,
  spent: [
    { amount: 12_050, currency: 'EUR' },
    { amount: 900, currency: 'JPY' },
  ],
  first_order_at: '2026-11-02T08:00:00Z',
  last_order_at: '2026-11-03T08:00:00Z',
  last_order_id: 'ord_9',
  addresses: [],
};

function serve(some: Partial<CustomerDetail> = {}, roles: Profile['roles'] = []) {
  const state = { version: 5, is_active: true, sent: [] as (string | null)[], orders: '' };
  const account = () => ({
    ...customer,
    version: state.version,
    is_active: state.is_active,
    roles,
    permissions: [],
  });
  server.use(
    http.get(api('/admin/customers/:id'), () =>
      HttpResponse.json({ ...customer, ...some, is_active: state.is_active }),
    ),
    http.get(api('/admin/orders'), ({ request }) => {
      state.orders = new URL(request.url).searchParams.get('email') ?? '';
      return HttpResponse.json({ items: [], next_cursor: null });
    }),
    http.get(api('/admin/users/usr_2'), () => HttpResponse.json(account())),
    http.patch(api('/admin/users/usr_2'), async ({ request }) => {
      const match = request.headers.get('If-Match');
      state.sent.push(match);
      if (match !== `"${state.version}"`) return problem(412, 'It has changed');
      const body = (await request.json()) as { is_active: boolean };
      state.is_active = body.is_active;
      state.version += 1;
      return HttpResponse.json(account());
    }),
  );
  return state;
}

test('a customer is shown with what they spent, in each currency, and their orders', async () => {
  const state = serve();
  renderAdmin('/customers/usr_2');
  const value = (await screen.findByText('Lifetime value')).closest('div');
  expect(value).toHaveTextContent('€120.50');
  expect(value).toHaveTextContent('¥900');
  expect(await screen.findByText('Has not ordered anything yet.')).toBeVisible();
  expect(state.orders).toBe('bob@example.com');
});

test('an account is deactivated against its version, after a question, and let in again', async () => {
  const state = serve();
  const { user } = renderAdmin('/customers/usr_2');
  await user.click(await screen.findByRole('button', { name: 'Deactivate' }));
  const dialog = await screen.findByRole('dialog', { name: 'Deactivate Bob Lindqvist?' });
  await user.click(within(dialog).getByRole('button', { name: 'Deactivate' }));
  expect(await screen.findByRole('button', { name: 'Activate' })).toBeVisible();
  expect(state.sent).toEqual(['"5"']);
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(await screen.findByRole('button', { name: 'Deactivate' })).toBeVisible();
  expect(state.sent).toEqual(['"5"', '"6"']);
});

test('when the account changed meanwhile the question stays and works the second time', async () => {
  const state = serve();
  const { user } = renderAdmin('/customers/usr_2');
  await user.click(await screen.findByRole('button', { name: 'Deactivate' }));
  state.version = 6;
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'Deactivate' }));
  await waitFor(() => expect(state.sent).toEqual(['"5"']));
  await waitFor(() =>
    expect(within(dialog).getByRole('button', { name: 'Deactivate' })).toBeEnabled(),
  );
  await user.click(within(dialog).getByRole('button', { name: 'Deactivate' }));
  expect(await screen.findByRole('button', { name: 'Activate' })).toBeVisible();
  expect(state.sent).toEqual(['"5"', '"6"']);
});

const READ: Permission[] = ['customers:read', 'orders:read'];
test.each<[string, Permission[], Partial<CustomerDetail>, Profile['roles']]>([
  ['who may only read customers', READ, {}, []],
  ['for guests', [...READ, 'customers:write'], { kind: 'guest' }, []],
  [
    'for staff, without the right over staff',
    [...READ, 'customers:write'],
    {},
    [{ id: 'role_1', name: 'Packer' }],
  ],
])('nobody is deactivated: %s', async (_, permissions, some, roles) => {
  serve(some, roles);
  renderAdmin('/customers/usr_2', { permissions });
  await screen.findByText('Has not ordered anything yet.');
  expect(screen.queryByRole('button', { name: 'Deactivate' })).toBeNull();
});
