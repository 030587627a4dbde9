import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { LawOut } from '@/api/gen/types.gen';
import { api, renderAdmin } from '@/admin/testing/render-admin';
import { server } from '../../../../test/msw/server';

const law = (name: string, changes: Partial<LawOut> = {}): LawOut => ({
  name,
  about: 'money',
  says: `The law of ${name}.`,
  state: 'holds',
  broken: 0,
  examples: [],
  ...changes,
});

test('a broken law is told first, with what breaks it', async () => {
  server.use(
    http.get(api('/admin/invariants'), () =>
      HttpResponse.json({
        clean: false,
        items: [
          law('ledger-zero'),
          law('no-oversell', {
            about: 'stock',
            state: 'broken',
            broken: 4,
            examples: ['var_1 at loc_1'],
          }),
        ],
      }),
    ),
  );
  renderAdmin('/books', { permissions: ['operations:read'] });
  expect(await screen.findByText('1 law is broken')).toBeVisible();
  const [first] = screen.getAllByRole('heading', { level: 2 });
  expect(first).toHaveTextContent('stock');
  const stock = screen.getByRole('region', { name: 'stock' });
  expect(within(stock).getByText('Broken')).toHaveClass('text-danger');
  expect(within(stock).getByText('var_1 at loc_1')).toBeVisible();
  expect(within(stock).getByText('and 3 more')).toBeVisible();
  expect(within(screen.getByRole('region', { name: 'money' })).getByText('Holds')).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Trial balance' })).toBeNull();
});

const account = (name: string, debit: number, credit: number) => ({
  account: name,
  entries: 2,
  debit,
  credit,
  balance: debit - credit,
});

test('the trial balance adds up to zero in each currency, by its decimals', async () => {
  server.use(
    http.get(api('/admin/ledger/trial-balance'), () =>
      HttpResponse.json({
        at: '2026-11-21T08:00:00Z',
        is_balanced: true,
        items: [
          {
            currency: 'JPY',
            debit: 1999,
            credit: 1999,
            total: 0,
            accounts: [account('provider:mock', 1999, 0), account('revenue', 0, 1999)],
          },
        ],
      }),
    ),
  );
  renderAdmin('/trial-balance', { permissions: ['payments:read'] });
  const table = await screen.findByRole('table', { name: 'Accounts in JPY' });
  const cells = within(within(table).getByRole('row', { name: /^Sum/ })).getAllByRole('cell');
  expect(cells.map((cell) => cell.textContent)).toEqual(['4', '¥1,999', '¥1,999', '¥0']);
});
