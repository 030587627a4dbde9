import type { OrderOut, StaffTimelineOut } from '@/api/gen/types.gen';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const ADDRESS = {
  name: 'Alice Moreau',
  company: null,
  line1: '12 Rue des Lilas',
  line2: null,
  city: 'Lyon',
  state: null,
  postal_code: '69001',
  country: 'FR',
  phone: null,
};

/** An order as the API answers it: two mugs, paid. */
export const order = (some: Partial<OrderOut> = {}): OrderOut => ({
  id: 'ord_1',
  number: 'SK-7F3K9Q',
  status: 'confirmed',
  payment_status: 'paid',
  fulfillment_status: 'unfulfilled',
  cancel_reason: null,
  email: 'alice@example.com',
  currency: 'EUR',
  region_id: 'reg_1',
  tax_inclusive: true,
  lines: [
    {
      id: 'oln_1',
      variant_id: 'var_1',
      product_id: 'prod_1',
      sku: 'MUG-TERRA',
      title: 'Haven Stoneware Mug',
      variant_title: 'Terracotta',
      thumbnail: null,
      quantity: 2,
      unit_price: eur(2400),
      line_total: eur(4800),
      discount: eur(0),
      tax: eur(766),
    },
  ],
  totals: {
    items: eur(4800),
    discount: eur(0),
    shipping: eur(490),
    tax: eur(0),
    tax_included: eur(845),
    gift_card: eur(0),
    grand_total: eur(5290),
  },
  taxes: [{ name: 'VAT', rate_bp: 1900, amount: eur(845), included: true }],
  shipping_option: null,
  shipping_address: ADDRESS,
  billing_address: ADDRESS,
  note: null,
  payments: [
    {
      id: 'pay_1',
      order_id: 'ord_1',
      status: 'succeeded',
      provider: 'mock',
      mode: 'intent',
      amount: eur(5290),
      expires_at: '2026-11-21T10:00:00Z',
    },
  ],
  placed_at: '2026-11-21T09:00:00Z',
  updated_at: '2026-11-21T09:00:00Z',
  expires_at: null,
  version: 3,
  ...some,
});

export const timelineEntry = (some: Partial<StaffTimelineOut> = {}): StaffTimelineOut => ({
  seq: 1,
  kind: 'status',
  from_status: null,
  to_status: 'pending',
  by: 'guest',
  note: null,
  data: {},
  at: '2026-11-21T09:00:00Z',
  ...some,
});
