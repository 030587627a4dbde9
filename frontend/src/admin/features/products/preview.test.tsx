import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { StaffProduct } from '@/api/gen/types.gen';
import { api, renderAdmin } from '@/admin/testing/render-admin';
import { server } from '../../../../test/msw/server';
import { answerAround, product, variant } from './testing';

function serve(some: Partial<StaffProduct>) {
  answerAround();
  server.use(http.get(api('/admin/products/:id'), () => HttpResponse.json(product(some))));
}

const picture = (id: string) => ({
  id,
  url: `/${id}.webp`,
  alt: `A mug, ${id}`,
  width: 10,
  height: 12,
  sizes: [],
});

const mug = (colour: string, amount: number, yen?: number) =>
  variant(colour, {
    options: { Colour: colour },
    image_id: colour,
    in_stock: colour !== 'ink',
    prices: [
      { currency: 'EUR', amount, compare_at: amount + 600 },
      ...(yen ? [{ currency: 'JPY', amount: yen, compare_at: null }] : []),
    ],
  });

test('a draft is shown as shoppers will see it: text, prices, pictures and choice', async () => {
  serve({
    status: 'draft',
    description: '<h2>Care</h2><p>By <b>hand</b>.</p>',
    images: ['sage', 'ink', 'foot'].map(picture),
    options: [{ name: 'Colour', values: ['sage', 'ink'] }],
    variants: [mug('sage', 2400, 3900), mug('ink', 2600)],
  });
  const { user } = renderAdmin('/products/prod_1/preview');
  expect(await screen.findByRole('heading', { level: 1, name: 'Haven Mug' })).toBeVisible();
  expect(screen.getByText('Preview: not in the shop yet')).toBeVisible();
  expect(screen.getByRole('heading', { level: 2, name: 'Care' })).toBeVisible();
  expect(screen.getByText('€24.00')).toBeVisible();
  expect(screen.getByText('€30.00')).toBeVisible();
  expect(screen.getByRole('img', { name: 'A mug, sage' })).toBeVisible();

  await user.click(screen.getByRole('radio', { name: 'ink' }));
  expect(screen.getByText('€26.00')).toBeVisible();
  expect(screen.getByText('Sold out')).toBeVisible();
  expect(screen.getByRole('img', { name: 'A mug, ink' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Show picture 3' }));
  expect(screen.getByRole('img', { name: 'A mug, foot' })).toBeVisible();

  await user.selectOptions(screen.getByRole('combobox', { name: 'Prices in' }), 'JPY');
  expect(screen.getByText(/^No price in JPY/)).toBeVisible();
  await user.click(screen.getByRole('radio', { name: 'sage' }));
  expect(screen.getByText('¥3,900')).toBeVisible();
});

test('what is missing is said, and nothing leads to a page that is not there', async () => {
  serve({ status: 'archived', description: '', variants: [] });
  renderAdmin('/products/prod_1/preview');
  expect(await screen.findByText('Preview: no longer in the shop')).toBeVisible();
  expect(screen.getByText('No pictures yet')).toBeVisible();
  expect(screen.getByText('No description yet')).toBeVisible();
  expect(screen.getByText('No price yet')).toBeVisible();
  expect(screen.queryByRole('link', { name: 'View in shop' })).toBeNull();
  expect(screen.getByRole('link', { name: 'Back to editing' })).toHaveAttribute(
    'href',
    '/products/prod_1',
  );
});

test('the editor of a draft leads to its preview, that of an active product to the shop', async () => {
  serve({ status: 'draft' });
  const { user, path } = renderAdmin('/products/prod_1');
  await user.click(await screen.findByRole('link', { name: 'Preview' }));
  expect(path()).toBe('/products/prod_1/preview');
  serve({ status: 'active' });
  await user.click(await screen.findByRole('link', { name: 'Back to editing' }));
  const shop = await screen.findByRole('link', { name: 'View in shop' });
  expect(shop).toHaveAttribute('href', '/products/haven-mug');
});
