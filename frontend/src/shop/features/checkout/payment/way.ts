import type { CartOut, CheckoutIn, PaymentIn, StoreConfig } from '@/api/gen';
import { toAddress } from '../../../forms/address';
import type { PaymentValues } from './schema';

/**
 * How this shop is paid: by its test cards, on the provider's page, in the provider's form on this
 * page, or not at all where nothing is due.
 */
export type Way = 'nothing' | 'test-card' | 'hosted' | 'element';

export function wayOf({ features, publishable_key: key }: StoreConfig, cart: CartOut): Way {
  if (cart.totals.grand_total.amount === 0) return 'nothing';
  if (features.test_cards) return 'test-card';
  return features.hosted_payment_page || !key ? 'hosted' : 'element';
}

/**
 * The purchase of what the buyer sees: another cart or another price is refused. `shop` is where its
 * pages begin, in the buyer's language.
 */
export function purchaseOf(
  cart: CartOut,
  values: PaymentValues,
  way: Way,
  shop: string,
): CheckoutIn | undefined {
  const { email, shipping_address: address } = cart;
  if (!email || !address) return undefined;
  return {
    cart_id: cart.id,
    cart_version: cart.version,
    email,
    shipping_address: address,
    billing_address: values.same ? null : toAddress(values),
    shipping_option_id: cart.shipping_option_id,
    payment: paymentOf(values, way),
    ...(way === 'hosted' ? pagesOf(shop) : {}),
  };
}

function paymentOf(values: PaymentValues, way: Way): PaymentIn {
  if (way === 'hosted') return { mode: 'checkout' };
  if (way === 'test-card') {
    return { mode: 'intent', card_number: values.card_number.replaceAll(' ', '') };
  }
  return { mode: 'intent' };
}

/** Where the provider's page leads back to. */
function pagesOf(shop: string): Pick<CheckoutIn, 'success_url' | 'cancel_url'> {
  return { success_url: `${shop}/checkout/success`, cancel_url: `${shop}/checkout/cancelled` };
}
