import * as z from 'zod/mini';
import { CARD_NUMBER, optional } from '../../../forms';
import { ADDRESS_LABELS, addressRules } from '../../../forms/address';
import type { Key } from '../../../i18n';

const fields = z.object({
  name: optional,
  company: optional,
  line1: optional,
  line2: optional,
  postal_code: optional,
  city: optional,
  state: optional,
  country: optional,
  phone: optional,
  card_number: optional,
  same: z.boolean(),
});

export type PaymentValues = z.infer<typeof fields>;

const ALWAYS = ['name', 'line1', 'city', 'country'] as const;

/** A card where one is needed, and a billing address unless it is that of the delivery. */
export function paymentSchema(needsCard: boolean): z.ZodMiniType<PaymentValues, PaymentValues> {
  return fields.check(
    z.refine<PaymentValues>(({ card_number: card }) => !needsCard || CARD_NUMBER.test(card), {
      error: 'pay.cardWrong',
      path: ['card_number'],
    }),
    ...ALWAYS.map((name) =>
      z.refine<PaymentValues>((values) => values.same || values[name] !== '', {
        error: 'form.required',
        path: [name],
      }),
    ),
    ...addressRules<PaymentValues>(({ same }) => !same),
  );
}

export const LABELS: Record<keyof PaymentValues, Key> = {
  ...ADDRESS_LABELS,
  card_number: 'pay.card',
  same: 'checkout.sameAddress',
};
