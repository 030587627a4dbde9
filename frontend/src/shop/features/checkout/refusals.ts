import type { CartLineOut, CartOut } from '@/api/gen';
import type { Problem } from '@/api/problem';
import type { Step } from './progress';

const DELIVERY = ['country-not-served', 'no-shipping-option', 'shipping-option-unknown'];

/** The step whose fields a purchase was refused for; undefined if it is that of payment. */
export function stepToBlame(problem: Problem): Step | undefined {
  if (DELIVERY.includes(problem.kind)) return 'delivery';
  const points = (part: string) => problem.errors.some(({ pointer }) => pointer.startsWith(part));
  if (points('/email')) return 'contact';
  if (points('/shipping_address') || points('/shipping_option_id')) return 'delivery';
  return undefined;
}

export interface Change {
  title: string;
  kind: 'gone' | 'new' | 'price' | 'quantity';
  was: CartLineOut | undefined;
  now: CartLineOut | undefined;
}

/** What differs between the cart that the buyer saw and the one there is. */
export function changesBetween(before: CartOut, after: CartOut): Change[] {
  const ids = new Set([...before.lines, ...after.lines].map(({ variant_id: id }) => id));
  return [...ids].flatMap((id) => {
    const was = before.lines.find((line) => line.variant_id === id);
    const now = after.lines.find((line) => line.variant_id === id);
    const kind = kindOf(was, now);
    return kind ? [{ title: (now ?? was)?.title ?? '', kind, was, now }] : [];
  });
}

function kindOf(was?: CartLineOut, now?: CartLineOut): Change['kind'] | undefined {
  if (!now) return 'gone';
  if (!was) return 'new';
  if (was.quantity !== now.quantity) return 'quantity';
  if (was.unit_price?.amount !== now.unit_price?.amount) return 'price';
  return undefined;
}
