import { http, HttpResponse } from 'msw';
import type { StaffLine, StaffProduct, StaffVariant } from '@/api/gen/types.gen';
import { api } from '@/admin/testing/render-admin';
import { server } from '../../../../test/msw/server';

export const line = (id: string, changes: Partial<StaffLine> = {}): StaffLine => ({
  id,
  slug: id,
  title: `Product ${id}`,
  status: 'active',
  brand: null,
  price: { amount: 2400, currency: 'EUR' },
  thumbnail: null,
  variant_count: 1,
  in_stock: true,
  created_at: '2026-11-20T08:00:00Z',
  updated_at: '2026-11-20T08:00:00Z',
  version: 1,
  ...changes,
});

export const variant = (sku: string, changes: Partial<StaffVariant> = {}): StaffVariant => ({
  id: `var_${sku}`,
  sku,
  title: sku,
  options: {},
  price: null,
  compare_at_price: null,
  prices: [{ currency: 'EUR', amount: 2400, compare_at: null }],
  available: 5,
  in_stock: true,
  image_id: null,
  weight_g: null,
  barcode: null,
  taxable: true,
  version: 1,
  ...changes,
});

export const product = (changes: Partial<StaffProduct> = {}): StaffProduct => ({
  id: 'prod_1',
  slug: 'haven-mug',
  title: 'Haven Mug',
  description: '<p>A mug.</p>',
  status: 'active',
  brand: null,
  brand_slug: null,
  price: null,
  compare_at_price: null,
  thumbnail: null,
  in_stock: true,
  rating: null,
  review_count: 0,
  badges: [],
  images: [],
  options: [],
  variants: [variant('MUG')],
  categories: [],
  tags: [],
  seo: { title: null, description: null },
  option_groups: [],
  add_ons: [],
  custom_fields: [],
  subscription_plans: [],
  published_at: null,
  created_at: '2026-11-20T08:00:00Z',
  updated_at: '2026-11-20T08:00:00Z',
  version: 3,
  ...changes,
});

/** Answers what the editor reads beside the product. */
export function answerAround() {
  server.use(
    http.get(api('/admin/categories'), () => HttpResponse.json({ items: [] })),
    http.get(api('/admin/brands'), () => HttpResponse.json({ items: [], next_cursor: null })),
    http.get(api('/admin/audit-log'), () => HttpResponse.json({ items: [], next_cursor: null })),
    http.get(api('/admin/locations'), () => HttpResponse.json({ items: [] })),
    http.get(api('/inventory/:sku'), ({ params }) =>
      HttpResponse.json({ sku: params.sku, variant_id: 'var_1', in_stock: true, locations: [] }),
    ),
  );
}
