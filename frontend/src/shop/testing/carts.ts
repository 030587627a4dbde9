import type { CartLineOut, CartOut, CheckoutOut } from '@/api/gen';
import { order } from './people';

export const euros = (amount: number) => ({ amount, currency: 'EUR' });

export const MUG = 'cli_00000000000000000000000001';

/** Two mugs at 20 euros. */
export function mugs(changes: Partial<CartLineOut> = {}): CartLineOut {
  return {
    id: MUG,
    variant_id: 'var_00000000000000000000000001',
    product_id: 'prod_0000000000000000000000001',
    product_slug: 'mug',
    sku: 'MUG',
    title: 'Mug',
    variant_title: 'Sage',
    thumbnail: null,
    quantity: 2,
    unit_price: euros(2000),
    compare_at_price: null,
    line_total: euros(4000),
    notices: [],
    ...changes,
  };
}

export const standard = {
  id: 'shp_00000000000000000000000001',
  name: 'Standard',
  price: euros(490),
  min_days: 2,
  max_days: 4,
  carrier: null,
};

/** A cart of two mugs that knows nothing of its buyer. */
export function cart(changes: Partial<CartOut> = {}): CartOut {
  const lines = changes.lines ?? [mugs()];
  const items = lines.reduce((sum, line) => sum + (line.line_total?.amount ?? 0), 0);
  return {
    id: 'cart_0000000000000000000000001',
    currency: 'EUR',
    region_id: 'reg_00000000000000000000000001',
    tax_inclusive: true,
    lines,
    discounts: [],
    totals: {
      items: euros(items),
      discount: euros(0),
      shipping: euros(0),
      tax: euros(0),
      tax_included: euros(0),
      gift_card: euros(0),
      grand_total: euros(items),
    },
    shipping_option_id: null,
    shipping_options: [standard],
    free_shipping_from: null,
    notices: [],
    country: null,
    email: null,
    shipping_address: null,
    billing_address: null,
    version: 1,
    updated_at: '2026-11-21T10:00:00Z',
    ...changes,
  };
}

/** The same with all that the payment step needs. */
export function readyCart(changes: Partial<CartOut> = {}): CartOut {
  const address = {
    name: 'Alice Mbeki',
    line1: 'Torstraße 12',
    city: 'Berlin',
    country: 'DE',
    postal_code: '10115',
  };
  return cart({
    email: 'alice@example.com',
    country: 'DE',
    shipping_address: address,
    shipping_option_id: standard.id,
    version: 5,
    ...changes,
  });
}

/** What checkout answers: paid, or declined. */
export function bought(outcome: 'paid' | 'declined'): CheckoutOut {
  const paid = outcome === 'paid';
  const made = order(paid ? {} : { status: 'pending', payment_status: 'pending' });
  return {
    order: made,
    order_token: 'ot_1',
    payment: {
      id: 'pay_0000000000000000000000001',
      order_id: made.id,
      status: paid ? 'succeeded' : 'failed',
      provider: 'mock',
      mode: 'intent',
      amount: made.totals.grand_total,
      failure: paid ? null : { code: 'card_declined', message: 'Your card was declined.' },
      expires_at: '2026-11-21T11:00:00Z',
    },
  };
}

/** Something that waits until the test lets it go on. */
export function gate(): { opened: Promise<void>; open: () => void } {
  const waiting: (() => void)[] = [];
  const opened = new Promise<void>((resolve) => waiting.push(resolve));
  return { opened, open: () => waiting.forEach((resolve) => resolve()) };
}
