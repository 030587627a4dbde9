import { useEffect } from 'react';
import type { ZodForm } from '../../../forms';
import { AddressFields } from '../../../forms/address';
import { useT } from '../../../i18n';
import type { PaymentValues } from './schema';

interface Props {
  form: ZodForm<PaymentValues>;
  /** Where the parcel goes: most often the bill does, too. */
  country: string;
}

/** The address on the bill, where it is another than that of the parcel. */
export function BillingFields({ form, country }: Props) {
  const t = useT();
  const same = form.watch('same');
  const chosen = form.watch('country');
  const { setValue } = form;
  useEffect(() => {
    if (!same && chosen === '') setValue('country', country);
  }, [same, chosen, country, setValue]);
  return (
    <fieldset>
      <legend className="text-sm font-semibold">{t('checkout.billing')}</legend>
      <label className="mt-1 flex min-h-11 items-center gap-3">
        <input type="checkbox" className="size-5 accent-brand" {...form.register('same')} />
        {t('checkout.sameAddress')}
      </label>
      {!same && (
        <div className="mt-3">
          <AddressFields
            kind="billing"
            company={false}
            country={chosen}
            field={(name) => ({ error: form.wrong(name), ...form.register(name) })}
          />
        </div>
      )}
    </fieldset>
  );
}
