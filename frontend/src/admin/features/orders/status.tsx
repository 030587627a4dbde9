import type { FulfillmentStatus, OrderStatus, PaymentStatus } from '@/api/gen/types.gen';
import { tAny, useT } from '@/admin/i18n';
import { Badge } from '@/admin/ui';
import type { Tone } from '@/admin/ui';

export const ORDER_STATUSES = [
  'pending',
  'confirmed',
  'processing',
  'shipped',
  'delivered',
  'cancelled',
  'refunded',
] as const satisfies OrderStatus[];

export const PAYMENT_STATUSES = [
  'pending',
  'paid',
  'failed',
  'partially_refunded',
  'refunded',
] as const satisfies PaymentStatus[];

export const FULFILLMENT_STATUSES = [
  'unfulfilled',
  'processing',
  'shipped',
  'delivered',
] as const satisfies FulfillmentStatus[];

const ORDER_TONES: Record<string, Tone> = {
  pending: 'warn',
  confirmed: 'good',
  processing: 'info',
  shipped: 'info',
};
const PAYMENT_TONES: Record<string, Tone> = { pending: 'warn', paid: 'good', failed: 'danger' };
const FULFILLMENT_TONES: Record<string, Tone> = {
  unfulfilled: 'warn',
  processing: 'info',
  shipped: 'info',
};

export function OrderStatusBadge({ status }: { status: string }) {
  useT();
  return <Badge tone={ORDER_TONES[status] ?? 'neutral'}>{orderStatus(status)}</Badge>;
}

export function PaymentBadge({ status }: { status: string }) {
  useT();
  const label = tAny(`orders.payment_${status}`, status);
  return <Badge tone={PAYMENT_TONES[status] ?? 'neutral'}>{label}</Badge>;
}

export function FulfillmentBadge({ status }: { status: string }) {
  useT();
  const label = tAny(`orders.fulfillment_${status}`, status);
  return <Badge tone={FULFILLMENT_TONES[status] ?? 'neutral'}>{label}</Badge>;
}

export const orderStatus = (status: string) => tAny(`orders.status_${status}`, status);
