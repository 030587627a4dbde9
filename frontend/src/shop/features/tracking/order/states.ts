import type { OrderOut, OrderStatus, PaymentSessionOut } from '@/api/gen';
import type { Key } from '../../../i18n';

export type Tone = 'open' | 'moving' | 'done' | 'over';

interface Words {
  label: Key;
  /** What it means for the buyer, in a sentence. */
  text: Key;
  tone: Tone;
}

/** What each status is called and means, in the order of an order's way. */
export const STATUSES: Record<OrderStatus, Words> = {
  pending: { label: 'order.status.pending', text: 'order.about.pending', tone: 'open' },
  confirmed: { label: 'order.status.confirmed', text: 'order.about.confirmed', tone: 'moving' },
  processing: { label: 'order.status.processing', text: 'order.about.processing', tone: 'moving' },
  shipped: { label: 'order.status.shipped', text: 'order.about.shipped', tone: 'moving' },
  delivered: { label: 'order.status.delivered', text: 'order.about.delivered', tone: 'done' },
  cancelled: { label: 'order.status.cancelled', text: 'order.about.cancelled', tone: 'over' },
  refunded: { label: 'order.status.refunded', text: 'order.about.refunded', tone: 'over' },
};
const EXPIRED: Words = {
  label: 'order.status.cancelled',
  text: 'order.about.expired',
  tone: 'over',
};
const UNKNOWN: Words = { label: 'order.status.other', text: 'order.about.other', tone: 'moving' };

export function wordsOf({ status, cancel_reason: reason }: OrderOut): Words {
  if (status === 'cancelled' && reason === 'expired') return EXPIRED;
  const known: Record<string, Words | undefined> = STATUSES;
  return known[status] ?? UNKNOWN;
}

/** The way of an order that goes well. */
export const STEPS = ['pending', 'confirmed', 'processing', 'shipped', 'delivered'] as const;

/** How far an order is; undefined for one that goes no further. */
export function stepOf({ status }: OrderOut): number | undefined {
  const step = STEPS.findIndex((each) => each === status);
  return step < 0 ? undefined : step;
}

const PAYMENTS: Record<string, Key> = {
  pending: 'order.payment.pending',
  paid: 'order.payment.paid',
  failed: 'order.payment.failed',
  partially_refunded: 'order.payment.partiallyRefunded',
  refunded: 'order.payment.refunded',
};

export function paymentKey(order: OrderOut): Key {
  const isOver = order.status === 'cancelled' && order.payment_status === 'pending';
  return isOver
    ? 'order.payment.none'
    : (PAYMENTS[order.payment_status] ?? 'order.payment.pending');
}

/** Buyers cancel until somebody packs the order; the server has the last word. */
export function mayCancel({ status }: OrderOut): boolean {
  return status === 'pending' || status === 'confirmed';
}

/** The same holds for the address and the note. */
export const mayCorrect = mayCancel;

export function mayPay({ status }: OrderOut): boolean {
  return status === 'pending';
}

/** What became of the last try to pay. */
export function lastTry({ payments }: OrderOut): PaymentSessionOut | undefined {
  return payments.at(-1);
}
