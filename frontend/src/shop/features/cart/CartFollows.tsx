import { useCartFollowsRegion, useCartFollowsSession } from './useCartFollows';

/** Keeps the cart with its buyer. Not in the first load: it is for those who have a cart. */
export default function CartFollows() {
  useCartFollowsSession();
  useCartFollowsRegion();
  return null;
}
