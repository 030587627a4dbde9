import { useEffect } from 'react';
import * as z from 'zod/mini';
import type { CartOut, SavedAddressOut } from '@/api/gen';
import type { Problem } from '@/api/problem';
import { SelectField } from '@/shared/ui';
import { FormProblem, sentence, SubmitButton, useZodForm, within } from '../../../forms';
import {
  ADDRESS_LABELS,
  AddressFields,
  addressFields,
  addressRules,
  fieldsOf,
  toAddress,
  type AddressValues,
} from '../../../forms/address';
import { useT, type Key } from '../../../i18n';
import { forgetBegun, useKeptBegun } from './begun';
import { ErrorSummary } from './ErrorSummary';
import { MovedNotice } from './MovedNotice';
import { ShippingChoices } from './ShippingChoices';
import { useChangeCart } from './useChangeCart';
import { useFaults } from './useFaults';
import { useRegionOf } from './useRegionOf';

const fields = z.object({
  ...addressFields,
  shipping_option_id: z.string().check(z.minLength(1, 'checkout.pickMethod')),
});
const schema = fields.check(...addressRules<z.infer<typeof fields>>());

const LABELS: Record<keyof z.infer<typeof fields>, Key> = {
  ...ADDRESS_LABELS,
  shipping_option_id: 'checkout.method',
};

interface Props {
  cart: CartOut;
  start: AddressValues;
  saved: SavedAddressOut[];
  refused: Problem | undefined;
  onDone: () => void;
}

export function DeliveryForm({ cart, start, saved, refused, onDone }: Props) {
  const t = useT();
  const change = useChangeCart();
  const form = useZodForm(schema, { ...start, shipping_option_id: cart.shipping_option_id ?? '' });
  const country = form.watch('country');
  const option = form.watch('shipping_option_id');
  const moved = useRegionOf(country, cart);
  const busy = form.formState.isSubmitting;
  const { setError, setValue } = form;
  useKeptBegun(cart.id, form);

  useEffect(() => {
    if (!refused) return;
    for (const { pointer, message } of within(refused, '/shipping_address').errors) {
      const name = pointer.slice(1);
      if (!(name in LABELS)) continue;
      const words = { type: 'server', message: sentence(message, t) };
      setError(name as keyof AddressValues, words, { shouldFocus: true });
    }
    if (refused.errors.length === 0) {
      setError('root.problem', { type: 'server', message: t('delivery.none') });
    }
  }, [refused, setError, t]);

  const send = form.send(async ({ shipping_option_id, ...values }) => {
    try {
      await change({ shipping_address: toAddress(values), shipping_option_id });
    } catch (thrown) {
      throw within(thrown, '/shipping_address');
    }
    forgetBegun();
    onDone();
  });

  return (
    <form noValidate onSubmit={send}>
      <ErrorSummary {...useFaults(form, LABELS)} />
      {saved.length > 1 && (
        <SelectField
          label={t('checkout.saved')}
          className="mb-4"
          defaultValue=""
          onChange={(event) => {
            const found = saved.find(({ id }) => id === event.target.value);
            if (found) form.reset({ ...fieldsOf(found), shipping_option_id: option });
          }}
        >
          <option value="">{t('checkout.savedNone')}</option>
          {saved.map(({ id, name, line1, city }) => (
            <option key={id} value={id}>
              {name}, {line1}, {city}
            </option>
          ))}
        </SelectField>
      )}
      <AddressFields
        kind="shipping"
        company={start.company !== ''}
        country={country}
        field={(name) => ({ error: form.wrong(name), ...form.register(name) })}
      />
      <MovedNotice moved={moved} cart={cart} />
      <ShippingChoices
        cart={cart}
        country={country}
        chosen={option}
        error={form.wrong('shipping_option_id')}
        register={() => form.register('shipping_option_id')}
        onPick={(id) => setValue('shipping_option_id', id, { shouldValidate: id !== '' })}
      />
      <div className="mt-5 flex flex-col gap-4">
        <FormProblem text={form.problem} />
        <SubmitButton busy={busy}>{t('checkout.toPayment')}</SubmitButton>
      </div>
    </form>
  );
}
