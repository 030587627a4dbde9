import type { CartOut } from '@/api/gen';

export const STEPS = ['contact', 'delivery', 'payment'] as const;
export type Step = (typeof STEPS)[number];

/** The first step that is not done yet: what the cart knows already needs no second typing. */
export function firstOpen(cart: CartOut): Step {
  if (!cart.email) return 'contact';
  const { shipping_address: address, shipping_option_id: option, country } = cart;
  if (!address || !option || address.country !== country) return 'delivery';
  return 'payment';
}

/** The step in the address, as far as those before it are done. */
export function stepAt(wanted: string | null, cart: CartOut): Step {
  const furthest = firstOpen(cart);
  const step = STEPS.find((each) => each === wanted) ?? furthest;
  return STEPS.indexOf(step) > STEPS.indexOf(furthest) ? furthest : step;
}
