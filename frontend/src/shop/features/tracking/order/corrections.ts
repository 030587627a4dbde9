import type { OrderOut } from '@/api/gen';

/** Buyers correct what they see: the server refuses when it changed since. */
export function ifUnchanged({ id, version }: OrderOut) {
  return { path: { order_id: id }, headers: { 'If-Match': `"${version}"` } };
}
