import * as z from 'zod/mini';
import { checkoutChange, type OrderOut } from '@/api/gen';
import { useCountryNames } from '@/shared/countries';
import { toast } from '@/shared/ui';
import { FormProblem, SaveButtons, useZodForm, within } from '../../../forms';
import {
  AddressFields,
  addressFields,
  addressRules,
  fieldsOf,
  toAddress,
} from '../../../forms/address';
import { useT } from '../../../i18n';
import { ifUnchanged } from './corrections';
import { useKeepOrder } from './useOrder';

const fields = z.object(addressFields);
const schema = fields.check(...addressRules<z.infer<typeof fields>>());

/** Corrects where an order goes, within its country. */
export default function AddressForm({ order, onDone }: { order: OrderOut; onDone: () => void }) {
  const t = useT();
  const keep = useKeepOrder();
  const countries = useCountryNames();
  const { country } = order.shipping_address;
  const form = useZodForm(schema, fieldsOf(order.shipping_address));
  const busy = form.formState.isSubmitting;
  const send = form.send(async (values) => {
    const body = { shipping_address: toAddress(values) };
    try {
      const { data } = await checkoutChange({ ...ifUnchanged(order), body, throwOnError: true });
      keep(data);
    } catch (thrown) {
      throw within(thrown, '/shipping_address');
    }
    toast(t('order.addressSaved'));
    onDone();
  });
  return (
    <form noValidate className="flex flex-col gap-5 p-6 sm:p-8" onSubmit={send}>
      <h2 className="font-display text-h2">{t('order.deliveredTo')}</h2>
      <p className="-mt-3 text-muted">
        {t('order.addressHint', { country: countries[country] ?? country })}
      </p>
      <AddressFields
        kind="shipping"
        company
        withCountry={false}
        country={country}
        field={(name) => ({ error: form.wrong(name), ...form.register(name) })}
      />
      <FormProblem text={form.problem} />
      <SaveButtons busy={busy} onCancel={onDone} />
    </form>
  );
}
