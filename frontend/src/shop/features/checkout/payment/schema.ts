import * as z from 'zod/mini';
import type { Key } from '../../../i18n';
import { optional } from '../../../forms';
import { hasCodeGiven, hasStateGiven } from '../address';

const addressTexts = {
  name: optional,
  line1: optional,
  line2: optional,
  postal_code: optional,
  city: optional,
  state: optional,
  country: optional,
  phone: optional,
};
const fields = { ...addressTexts, card_number: optional, same: z.boolean() };

export type PaymentValues = z.infer<ReturnType<typeof z.object<typeof fields>>>;

const CARD = /^[0-9 ]{12,23}$/;
const ALWAYS = ['name', 'line1', 'city', 'country'] as const;

/** A card where one is needed, and a billing address unless it is that of the delivery. */
export function paymentSchema(needsCard: boolean): z.ZodMiniType<PaymentValues, PaymentValues> {
  return z.object(fields).check(
    z.refine<PaymentValues>(({ card_number: card }) => !needsCard || CARD.test(card), {
      error: 'pay.cardWrong',
      path: ['card_number'],
    }),
    ...ALWAYS.map((name) =>
      z.refine<PaymentValues>((values) => values.same || values[name] !== '', {
        error: 'form.required',
        path: [name],
      }),
    ),
    z.refine<PaymentValues>((values) => values.same || hasStateGiven(values), {
      error: 'form.required',
      path: ['state'],
    }),
    z.refine<PaymentValues>((values) => values.same || hasCodeGiven(values), {
      error: 'form.required',
      path: ['postal_code'],
    }),
  );
}

export const LABELS: Record<keyof PaymentValues, Key> = {
  card_number: 'pay.card',
  same: 'checkout.sameAddress',
  country: 'field.country',
  name: 'field.name',
  line1: 'field.line1',
  line2: 'field.line2',
  city: 'field.city',
  postal_code: 'checkout.postalCode',
  state: 'checkout.state',
  phone: 'field.phone',
};
