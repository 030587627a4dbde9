import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { ProductCard, SearchPage } from '@/api/gen';
import { server } from '../../../../../test/msw/server';
import { api, renderShop } from '../../../testing/renderShop';

const PRICE = { amount: 2400, currency: 'EUR' };
const LAMP: ProductCard = {
  id: 'prod_1',
  slug: 'lamp',
  title: 'Lamp',
  brand: null,
  brand_slug: null,
  price: PRICE,
  compare_at_price: null,
  thumbnail: null,
  in_stock: true,
  rating: null,
  review_count: 0,
  badges: [],
};

beforeEach(() => {
  const page: Partial<SearchPage> = { items: [LAMP], next_cursor: 'third', total: 60 };
  server.use(http.get(api('/products/search'), () => HttpResponse.json(page)));
});

it('leads from a further page to the first and on, and claims no page before', async () => {
  await renderShop('/products?sort=price&cursor=second');
  const first = await screen.findByRole('link', { name: 'Back to the first page' });
  expect(first).toHaveAttribute('href', '/products?sort=price');
  expect(first).not.toHaveAttribute('rel');
  const next = screen.getByRole('link', { name: 'Load more' });
  expect(next).toHaveAttribute('href', '/products?sort=price&cursor=third');
  expect(next).toHaveAttribute('rel', 'next');
});

it('calls a further page after what it begins with', async () => {
  await renderShop('/products?cursor=second');
  await waitFor(() => expect(document.title).toBe('All products, from Lamp on | Testing'));
});

it('calls the first page by the list alone, with no way back to itself', async () => {
  await renderShop('/products');
  await screen.findByRole('link', { name: 'Load more' });
  expect(document.title).toBe('All products | Testing');
  expect(screen.queryByRole('link', { name: 'Back to the first page' })).toBeNull();
});
