import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { StaffRegion, TaxRateOut } from '@/api/gen/types.gen';
import { api, problem, renderAdmin } from '@/admin/testing/render-admin';
import { server } from '../../../../test/msw/server';

const REGION: StaffRegion = {
  id: 'reg_1',
  name: 'East Africa',
  currency: 'TZS',
  tax_inclusive: true,
  countries: ['TZ', 'KE'],
  is_default: true,
  position: 0,
  version: 1,
};
const RATE: TaxRateOut = {
  id: 'tax_1',
  region_id: 'reg_1',
  country: 'TZ',
  state: null,
  name: 'VAT',
  rate_bp: 825,
  applies_to_shipping: true,
  version: 3,
};

function answer(rates: TaxRateOut[]) {
  server.use(
    http.get(api('/admin/regions'), () => HttpResponse.json({ items: [REGION] })),
    http.get(api('/admin/tax-rates'), () => HttpResponse.json({ items: rates })),
  );
}

test('a rate is shown and typed in percent, and sent in basis points', async () => {
  answer([]);
  const sent: unknown[] = [];
  server.use(
    http.post(api('/admin/tax-rates'), async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(RATE, { status: 201 });
    }),
  );
  const { user } = renderAdmin('/settings/markets/taxes');
  await screen.findByText('No tax rates yet');
  await user.click((await screen.findAllByRole('button', { name: 'Add tax' }))[0] as HTMLElement);
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'VAT');
  const rate = within(dialog).getByRole('textbox', { name: 'Rate in percent' });
  await user.type(rate, '8.255');
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  expect(await within(dialog).findByText(/^Write a percentage/)).toBeVisible();
  expect(sent).toEqual([]);
  await user.clear(rate);
  await user.type(rate, '8,25');
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(sent).toEqual([
    {
      region_id: 'reg_1',
      name: 'VAT',
      rate_bp: 825,
      country: null,
      state: null,
      applies_to_shipping: true,
    },
  ]);
});

test('when somebody else was faster, what was typed can be saved over it, knowingly', async () => {
  answer([RATE]);
  const sent: [string | null, unknown][] = [];
  server.use(
    http.get(api('/admin/tax-rates/tax_1'), () =>
      HttpResponse.json({ ...RATE, name: 'Value added tax', version: 4 }),
    ),
    http.patch(api('/admin/tax-rates/tax_1'), async ({ request }) => {
      const version = request.headers.get('If-Match');
      sent.push([version, await request.json()]);
      if (version === '"3"') return problem(412, 'It has changed meanwhile');
      return HttpResponse.json({ ...RATE, version: 5 });
    }),
  );
  const { user } = renderAdmin('/settings/markets/taxes');
  expect(await screen.findByText('8.25 %')).toBeVisible();
  await user.click(screen.getByRole('button', { name: /^Edit VAT/ }));
  const rate = await screen.findByRole('textbox', { name: 'Rate in percent' });
  await user.clear(rate);
  await user.type(rate, '18');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('VAT has changed meanwhile')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Save mine over it' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(sent).toEqual([
    ['"3"', { rate_bp: 1800 }],
    ['"4"', { rate_bp: 1800 }],
  ]);
});

test('who may not set up markets finds no settings', async () => {
  renderAdmin('/settings/markets/taxes', { permissions: ['orders:read'] });
  expect(await screen.findByText('There is no such page')).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Regions and taxes' })).toBeNull();
});
