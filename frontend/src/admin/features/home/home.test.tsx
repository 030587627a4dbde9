import { screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import type {
  BreakdownReport,
  CustomersReport,
  PartOut,
  Permission,
  Rating,
  SalesBucket,
  SalesOut,
  VitalsReport,
} from '@/api/gen/types.gen';
import { api, renderAdmin } from '@/admin/testing/render-admin';
import { server } from '../../../../test/msw/server';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const sales = (orders: number, amount: number): SalesOut => ({
  orders,
  sales: eur(amount),
  refunds: eur(0),
  net_sales: eur(amount),
  average_order_value: orders ? eur(amount / orders) : null,
  new_customers: 1,
});
const bucket = (day: string, now: SalesOut, previous: SalesOut): SalesBucket => ({
  ...now,
  starts_at: `${day}T00:00:00`,
  ends_at: `${day}T23:59:59`,
  previous,
});

const HEAD = {
  currency: 'EUR',
  time_zone: 'UTC',
  interval: 'day' as const,
  period: { from_at: '2026-11-19T00:00:00Z', to_at: '2026-11-21T00:00:00Z' },
  previous_period: { from_at: '2026-11-17T00:00:00Z', to_at: '2026-11-19T00:00:00Z' },
};
const ITEMS = [
  bucket('2026-11-19', sales(2, 10_000), sales(1, 8_000)),
  bucket('2026-11-20', sales(3, 14_000), sales(2, 12_000)),
];

const ending = (title: string, available: number, units_sold: number, days_left: number) => ({
  variant_id: `var_${title}`,
  product_id: `prod_${title}`,
  sku: `${title}/1`,
  title,
  variant_title: 'Red',
  thumbnail: null,
  available,
  units_sold,
  days_left,
});
const ENDING = [ending('Vase', 0, 9, 0), ending('Mug', 4, 12, 10), ending('Bowl', 500, 1, 15_000)];

const share = (orders: number, amount: number) => ({ orders, sales: eur(amount) });
const part = (
  key: string | null,
  name: string | null,
  now: readonly [number, number],
  before: readonly [number, number],
): PartOut => ({ key, name, ...share(...now), previous: share(...before) });
const PARTS: Record<string, PartOut[]> = {
  country: [
    part('TZ', null, [3, 15_000], [2, 10_000]),
    part(null, null, [1, 5_000], [0, 0]),
    part('KE', null, [0, 0], [1, 9_000]),
  ],
  category: [
    part('cat_1', 'Kitchen', [2, 12_000], [2, 12_000]),
    part(null, null, [2, 6_000], [0, 0]),
  ],
};
const parted = (by: string): BreakdownReport => ({
  ...HEAD,
  by: by === 'category' ? 'category' : 'country',
  total: share(4, by === 'category' ? 18_000 : 20_000),
  previous_total: share(3, 19_000),
  items: PARTS[by] ?? [],
});
const bought = (new_customers: number, returning: number) => ({
  customers: new_customers + returning,
  new_customers,
  returning,
  accounts: 2,
});
const BUYERS: CustomersReport = {
  ...HEAD,
  total: bought(3, 1),
  previous_total: bought(2, 2),
  items: [
    {
      ...bought(3, 1),
      starts_at: '2026-11-19T00:00:00',
      ends_at: '2026-11-19T23:59:59',
      previous: bought(1, 1),
    },
  ],
  top: [
    {
      id: 'usr_1',
      email: 'asha@example.com',
      name: 'Asha Mrema',
      orders: 2,
      spent: eur(15_000),
      last_order_id: 'ord_1',
    },
  ],
};

const vital = (p75: number, visits: number, rating: Rating) => ({ p75, visits, rating });
const SPEED: VitalsReport = {
  from_day: '2026-11-19',
  to_day: '2026-11-20',
  device: null,
  total: {
    lcp: vital(2_840, 1_200, 'needs-improvement'),
    inp: vital(96.4, 900, 'good'),
    cls: vital(0.312, 1_200, 'poor'),
  },
  items: [
    { page: 'home', lcp: vital(990, 400, 'good'), inp: null, cls: vital(0, 400, 'good') },
    {
      page: 'product',
      lcp: vital(3_000, 800, 'needs-improvement'),
      inp: vital(96.4, 900, 'good'),
      cls: vital(0.35, 800, 'poor'),
    },
  ],
};
const UNMEASURED: VitalsReport = {
  ...SPEED,
  total: { lcp: null, inp: null, cls: null },
  items: [],
};

/** The rows of a card's table, header and all. */
async function tableOf(user: UserEvent, title: string): Promise<(string | null)[][]> {
  const card = await screen.findByRole('region', { name: title });
  await user.click(within(card).getByRole('button', { name: 'View as table' }));
  return within(card)
    .getAllByRole('row')
    .map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent));
}

const speedAsked: Record<string, string>[] = [];

function serve(todo: object = {}) {
  const asked: Record<string, string>[] = [];
  server.use(
    http.get(api('/admin/todo'), () => HttpResponse.json(todo)),
    http.get(api('/admin/analytics/sales'), ({ request }) => {
      asked.push(Object.fromEntries(new URL(request.url).searchParams));
      return HttpResponse.json({
        ...HEAD,
        total: sales(5, 24_000),
        previous_total: sales(3, 20_000),
        items: ITEMS,
      });
    }),
    http.get(api('/admin/analytics/products'), () => HttpResponse.json({ ...HEAD, items: [] })),
    http.get(api('/admin/analytics/funnel'), () =>
      HttpResponse.json({
        ...HEAD,
        total: { carts: 40, checkouts: 20, orders: 12, paid: 10 },
        previous_total: { carts: 20, checkouts: 10, orders: 5, paid: 1 },
      }),
    ),
    http.get(api('/admin/analytics/breakdown'), ({ request }) =>
      HttpResponse.json(parted(new URL(request.url).searchParams.get('by') ?? '')),
    ),
    http.get(api('/admin/analytics/customers'), () => HttpResponse.json(BUYERS)),
    http.get(api('/admin/analytics/vitals'), ({ request }) => {
      const query = new URL(request.url).searchParams;
      speedAsked.push(Object.fromEntries(query));
      return HttpResponse.json(query.get('device') === 'phone' ? UNMEASURED : SPEED);
    }),
    http.get(api('/admin/analytics/stock'), () =>
      HttpResponse.json({ days_looked_at: 30, items: ENDING }),
    ),
    http.get(api('/admin/orders'), () => HttpResponse.json({ items: [], next_cursor: null })),
  );
  return asked;
}

test('each figure stands beside its change against the period before', async () => {
  serve();
  renderAdmin('/');
  const total = (await screen.findByText('Total sales')).closest('div');
  await waitFor(() => expect(total).toHaveTextContent('€240.00'));
  expect(total).toHaveTextContent('More by 20%');
});

test('the table of the chart holds what the chart shows', async () => {
  serve();
  const { user } = renderAdmin('/');
  const card = await screen.findByRole('region', { name: 'Sales over time' });
  await waitFor(() => expect(within(card).getByRole('figure')).toHaveTextContent('€240.00'));
  await user.click(within(card).getByRole('button', { name: 'View as table' }));
  const rows = within(card)
    .getAllByRole('row')
    .map((row) => [...row.querySelectorAll('th, td')].slice(0, 4).map((cell) => cell.textContent));
  expect(rows).toEqual([
    ['Day', 'This period', 'The period before', 'Orders'],
    ['19 Nov', '€100.00', '€80.00', '2'],
    ['20 Nov', '€140.00', '€120.00', '3'],
  ]);
});

test('the funnel tells how far carts got, also as a table', async () => {
  serve();
  const { user } = renderAdmin('/');
  const card = await screen.findByRole('region', { name: 'From cart to payment' });
  await within(card).findByText('Reached the checkout');
  expect(within(card).getAllByRole('listitem').at(-1)).toHaveTextContent('Paid1025%');
  expect(await tableOf(user, 'From cart to payment')).toEqual([
    ['Step', 'This period', 'Share of carts', 'The period before', 'Share before'],
    ['Carts with something in them', '40', '100%', '20', '100%'],
    ['Reached the checkout', '20', '50%', '10', '50%'],
    ['Ordered', '12', '30%', '5', '25%'],
    ['Paid', '10', '25%', '1', '5%'],
  ]);
});

test('what runs out next says how long it lasts, and leads to its stock', async () => {
  serve();
  const { user } = renderAdmin('/');
  const card = await screen.findByRole('region', { name: 'Runs out next' });
  await within(card).findByRole('link', { name: 'Vase · Red' });
  expect(
    within(card)
      .getAllByRole('listitem')
      .map((line) => line.textContent),
  ).toEqual([
    'Vase · Red0 in stock · 9 sold in 30 daysSold out',
    'Mug · Red4 in stock · 12 sold in 30 days10 days left',
    'Bowl · Red500 in stock · 1 sold in 30 daysOver a year left',
  ]);
  expect(within(card).getByRole('link', { name: 'Mug · Red' })).toHaveAttribute(
    'href',
    '/inventory/skus/Mug%2F1',
  );
  expect((await tableOf(user, 'Runs out next'))[2]).toEqual([
    'Mug · Red',
    'Mug/1',
    '4',
    '12',
    '10',
  ]);
});

test('sales fall into countries or categories, and the URL says which', async () => {
  serve();
  const { user, search } = renderAdmin('/');
  const card = within(await screen.findByRole('region', { name: 'Sales by country' }));
  await card.findByText('Tanzania');
  const lines = () => card.getAllByRole('listitem').map((line) => line.textContent);
  expect(lines()).toEqual([
    'Tanzania€150.0075%More by 50% than before',
    'No country€50.0025%Nothing to compare with',
  ]);
  await user.selectOptions(card.getByRole('combobox', { name: 'Sales by' }), 'Category');
  expect(search()).toBe('?by=category');
  await screen.findByRole('heading', { name: 'Sales by category' });
  await waitFor(() =>
    expect(lines()).toEqual([
      'Kitchen€120.0066.7%As before',
      'No category€60.0033.3%Nothing to compare with',
    ]),
  );
});

test('the table of the parts also holds what was sold only before', async () => {
  serve();
  const { user } = renderAdmin('/');
  await screen.findByText('Tanzania');
  expect(await tableOf(user, 'Sales by country')).toEqual([
    ['Country', 'This period', 'Orders', 'The period before', 'Orders before'],
    ['Tanzania', '€150.00', '3', '€100.00', '2'],
    ['No country', '€50.00', '1', '€0.00', '0'],
    ['Kenya', '€0.00', '0', '€90.00', '1'],
  ]);
});

test('buyers are new or come back, and the best of them are a click away', async () => {
  serve();
  const { user } = renderAdmin('/');
  const card = within(await screen.findByRole('region', { name: 'Buyers' }));
  await card.findByText('Came back');
  expect(card.getAllByRole('listitem').map((line) => line.textContent)).toEqual([
    'Bought for the first time375%More by 50% than before',
    'Came back125%Less by 50% than before',
  ]);
  expect(screen.getByRole('link', { name: 'Asha Mrema' })).toHaveAttribute(
    'href',
    '/customers/usr_1',
  );
  expect((await tableOf(user, 'Buyers'))[1]).toEqual(['19 Nov', '3', '1', '2', '2']);
  expect((await tableOf(user, 'Top customers'))[1]).toEqual([
    'Asha Mrema',
    'asha@example.com',
    '2',
    '€150.00',
  ]);
});

test('who bought is not named to those who may not read customers', async () => {
  serve();
  renderAdmin('/', { permissions: ['analytics:read'] });
  await screen.findByText('Came back');
  expect(screen.queryByText('Top customers')).toBeNull();
});

const SPEED_TITLE = 'How fast the shop is for visitors';

test('how fast the shop is for visitors is said with words, not by colour alone', async () => {
  serve();
  const { user } = renderAdmin('/');
  const card = within(await screen.findByRole('region', { name: SPEED_TITLE }));
  await card.findByText('2.8 s');
  expect(card.getAllByRole('listitem').map((line) => line.textContent)).toEqual([
    'Main content is there2.8 sCould be betterLCP, good up to 2.5 s · 1,200 visits',
    'Reacts to a tap or key96 msGoodINP, good up to 200 ms · 900 visits',
    'Moves by itself0.31PoorCLS, good up to 0.1 · 1,200 visits',
  ]);
  expect(await tableOf(user, SPEED_TITLE)).toEqual([
    ['Page', 'LCP', 'INP', 'CLS', 'Visits'],
    ['All pages', '2.8 s Could be better', '96 ms Good', '0.31 Poor', '1,200'],
    ['Home', '990 ms Good', '–', '0 Good', '400'],
    ['Products', '3 s Could be better', '96 ms Good', '0.35 Poor', '900'],
  ]);
});

test('the speed follows the period and the device, and says how visits come to be measured', async () => {
  serve();
  const { user, search } = renderAdmin('/?from=2026-11-01&to=2026-11-10');
  const card = within(await screen.findByRole('region', { name: SPEED_TITLE }));
  await user.selectOptions(card.getByRole('combobox', { name: 'Device' }), 'Phones');
  await card.findByText('No visit was measured in this period');
  expect(speedAsked.at(-1)).toEqual({
    from: new Date(2026, 10, 1).toISOString(),
    to: new Date(2026, 10, 11).toISOString(),
    device: 'phone',
  });
  expect(search()).toContain('device=phone');
});

test('the period stands in the URL and goes to the API as moments of the clock here', async () => {
  const asked = serve();
  const { user, search } = renderAdmin('/?from=2026-11-01&to=2026-11-10');
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]).toMatchObject({
    from: new Date(2026, 10, 1).toISOString(),
    to: new Date(2026, 10, 11).toISOString(),
    interval: 'day',
  });
  await user.selectOptions(screen.getByRole('combobox', { name: 'Period' }), 'Last 7 days');
  expect(search()).toBe('?period=7d');
  await waitFor(() => expect(asked.at(-1)).not.toHaveProperty('to'));
});

test('what waits leads to where it can be done', async () => {
  serve({ to_fulfil: 2, low_stock: null, failed_payments: 0 });
  renderAdmin('/');
  const todo = await screen.findByRole('region', { name: 'To do' });
  const links = within(todo).getAllByRole('link');
  expect(links.map((link) => link.textContent)).toEqual(['2 orders to fulfil']);
  expect(links[0]).toHaveAttribute('href', '/orders?status=confirmed');
});

test.each<[Permission, string]>([
  ['analytics:read', 'Recent orders'],
  ['orders:read', 'Total sales'],
])('with %s alone there is no "%s"', async (permission, absent) => {
  serve();
  renderAdmin('/', { permissions: [permission] });
  await screen.findByRole('heading', { level: 1 });
  await screen.findByText(absent === 'Total sales' ? 'Recent orders' : 'Total sales');
  expect(screen.queryByText(absent)).toBeNull();
});
