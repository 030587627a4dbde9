import type { MoneyOut } from '@/api/gen';
import { decimalsOf } from '@/shared/formats';

// Decimals as Stripe counts them, where they are others than ours.
const THEIRS: Record<string, number> = { ISK: 2, UGX: 2, MGA: 0 };

/** An amount in Stripe's units, in which the shop's server asks for it too. */
export function stripeAmount({ amount, currency }: MoneyOut): number {
  const ours = decimalsOf(currency);
  return Math.round(amount * 10 ** ((THEIRS[currency] ?? ours) - ours));
}
