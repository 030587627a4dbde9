import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { LevelOut } from '@/api/gen/types.gen';
import { api, problem, renderAdmin } from '@/admin/testing/render-admin';
import { server } from '../../../../test/msw/server';

const LEVEL: LevelOut = {
  sku: 'MUG-1',
  variant_id: 'var_1',
  variant_title: 'Blue',
  product_id: 'prod_1',
  title: 'Haven Mug',
  location: {
    id: 'loc_1',
    name: 'Dar es Salaam',
    is_active: true,
    on_hand: 5,
    reserved: 4,
    available: 1,
    low_stock_threshold: 2,
  },
};

function answer() {
  const asked: string[] = [];
  server.use(
    http.get(api('/admin/inventory'), ({ request }) => {
      const { searchParams } = new URL(request.url);
      searchParams.delete('limit');
      asked.push(searchParams.toString());
      return HttpResponse.json({ items: [LEVEL], next_cursor: null });
    }),
    http.get(api('/admin/locations'), () => HttpResponse.json({ items: [] })),
    http.get(api('/admin/todo'), () => HttpResponse.json({ low_stock: 3 })),
  );
  return asked;
}

test('promised units cannot be taken away, and the dialog says how many can', async () => {
  answer();
  const keys: (string | null)[] = [];
  const bodies: unknown[] = [];
  server.use(
    http.post(api('/admin/inventory/MUG-1/adjustments'), async ({ request }) => {
      keys.push(request.headers.get('Idempotency-Key'));
      bodies.push(await request.json());
      if (keys.length === 1) {
        return problem(409, 'Units that are promised cannot be taken away', {
          type: '/problems/below-reserved',
          on_hand: 5,
          reserved: 4,
          lowest_delta: -1,
        });
      }
      return HttpResponse.json({ sku: 'MUG-1' }, { status: 201 });
    }),
  );
  const { user } = renderAdmin('/inventory');
  await user.click(await screen.findByRole('button', { name: 'Adjust MUG-1 at Dar es Salaam' }));
  const dialog = await screen.findByRole('dialog');
  const change = within(dialog).getByRole('textbox', { name: 'Change' });
  await user.type(change, '-3');
  await user.selectOptions(within(dialog).getByRole('combobox', { name: 'Reason' }), 'Damaged');
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('At most -1 is possible now.');
  await user.clear(change);
  await user.type(change, '-1');
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(bodies).toEqual([
    { location: 'loc_1', delta: -3, reason: 'damage', note: '' },
    { location: 'loc_1', delta: -1, reason: 'damage', note: '' },
  ]);
  // Another change under the same key would be refused.
  expect(new Set(keys).size).toBe(2);
});

test('the levels are sorted by a click on a heading', async () => {
  const asked = answer();
  const { user, search } = renderAdmin('/inventory');
  await user.click(await screen.findByRole('button', { name: 'Available' }));
  expect(search()).toBe('?sort=available');
  await waitFor(() => expect(asked.at(-1)).toBe('sort=available'));
  await user.click(screen.getByRole('button', { name: 'SKU' }));
  await waitFor(() => expect(asked.at(-1)).toBe('sort=sku'));
});

test('the low ones can be asked for, and who may only read adjusts nothing', async () => {
  const asked = answer();
  const { user } = renderAdmin('/inventory', { permissions: ['inventory:read'] });
  expect(await screen.findByText('Haven Mug')).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Adjust/ })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Low stock' }));
  await waitFor(() => expect(asked.at(-1)).toBe('below_threshold=true'));
});

const button = (shown: string) =>
  screen.findByRole('button', { name: new RegExp(`^${shown}, .*Dar es Salaam`) });

test('a threshold is changed, and put back', async () => {
  answer();
  const sent: unknown[] = [];
  const location = { ...LEVEL.location };
  server.use(
    http.get(api('/inventory/:sku'), () =>
      HttpResponse.json({
        sku: 'MUG-1',
        variant_id: 'var_1',
        in_stock: true,
        locations: [location],
      }),
    ),
    http.get(api('/admin/inventory/:sku/movements'), () =>
      HttpResponse.json({ items: [], next_cursor: null }),
    ),
    http.patch(api('/admin/inventory/MUG-1'), async ({ request }) => {
      const body = (await request.json()) as { low_stock_threshold: number | null };
      sent.push(body);
      location.low_stock_threshold = body.low_stock_threshold;
      return HttpResponse.json({ sku: 'MUG-1' });
    }),
  );
  const { user } = renderAdmin('/inventory/skus/MUG-1');
  await user.click(await button('2'));
  const dialog = within(await screen.findByRole('dialog'));
  await user.clear(dialog.getByRole('textbox'));
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await button('Never')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(await button('2')).toBeVisible();
  expect(sent).toEqual([
    { location: 'loc_1', low_stock_threshold: null },
    { location: 'loc_1', low_stock_threshold: 2 },
  ]);
});
