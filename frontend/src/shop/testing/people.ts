import type { CartOut, OrderOut, Profile, Tokens } from '@/api/gen';

export const alice: Profile = {
  id: 'usr_00000000000000000000000001',
  email: 'alice@example.com',
  name: 'Alice',
  is_active: true,
  email_verified_at: null,
  created_at: '2026-01-05T09:00:00Z',
  version: 1,
  roles: [],
  permissions: [],
};

export function tokens(access = 'first'): Tokens {
  return {
    access_token: access,
    refresh_token: null,
    token_type: 'bearer',
    expires_in: 900,
    user: alice,
  };
}

const euros = (amount: number) => ({ amount, currency: 'EUR' });

const address = {
  name: 'Alice Mbeki',
  line1: 'Torstraße 12',
  city: 'Berlin',
  country: 'DE',
  postal_code: '10115',
};

/** A paid order of two mugs and a lamp. */
export function order(changes: Partial<OrderOut> = {}): OrderOut {
  return {
    id: 'ord_00000000000000000000000001',
    number: 'S-2H2R-PNDK',
    status: 'confirmed',
    payment_status: 'paid',
    fulfillment_status: 'unfulfilled',
    cancel_reason: null,
    email: 'alice@example.com',
    currency: 'EUR',
    region_id: 'reg_00000000000000000000000001',
    tax_inclusive: true,
    lines: [line('mug', 'Mug', 2), line('lamp', 'Lamp', 1)],
    totals: {
      items: euros(7500),
      discount: euros(0),
      shipping: euros(490),
      tax: euros(0),
      tax_included: euros(1276),
      gift_card: euros(0),
      grand_total: euros(7990),
    },
    taxes: [],
    shipping_option: null,
    shipping_address: address,
    billing_address: address,
    note: null,
    payments: [],
    placed_at: '2026-11-20T10:00:00Z',
    updated_at: '2026-11-20T10:00:00Z',
    expires_at: null,
    version: 1,
    ...changes,
  };
}

function line(name: string, title: string, quantity: number): OrderOut['lines'][number] {
  return {
    id: `oli_${name}`,
    variant_id: `var_${name}`,
    product_id: `prod_${name}`,
    sku: name.toUpperCase(),
    title,
    variant_title: null,
    thumbnail: null,
    quantity,
    unit_price: euros(2500),
    line_total: euros(2500 * quantity),
    discount: euros(0),
    tax: euros(0),
  };
}

/** A cart of this shop, with nothing in it yet. */
export function cart(): CartOut {
  const { currency, region_id, totals } = order();
  return {
    id: 'cart_00000000000000000000000001',
    currency,
    region_id,
    totals,
    tax_inclusive: true,
    lines: [],
    discounts: [],
    shipping_option_id: null,
    shipping_options: [],
    notices: [],
    country: null,
    email: null,
    shipping_address: null,
    billing_address: null,
    version: 1,
    updated_at: '2026-11-20T10:00:00Z',
  };
}
