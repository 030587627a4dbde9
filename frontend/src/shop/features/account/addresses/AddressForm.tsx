import * as z from 'zod/mini';
import {
  addressesCreate,
  addressesReplace,
  type SavedAddressIn,
  type SavedAddressOut,
} from '@/api/gen';
import { useCountryNames } from '@/shared/countries';
import { SelectField, TextField } from '@/shared/ui';
import { FormProblem, optional, orNull, required, SubmitButton, useZodForm } from '../../../forms';
import { useT } from '../../../i18n';
import { useShop } from '../../../shop';

const schema = z.object({
  name: required,
  company: optional,
  line1: required,
  line2: optional,
  postal_code: optional,
  city: required,
  state: optional,
  country: required,
  phone: optional,
  is_default: z.boolean(),
});

type Values = z.infer<typeof schema>;

interface Props {
  /** To change; a new one without. */
  address: SavedAddressOut | undefined;
  /** For a new one, so that a name is not typed twice. */
  name: string;
  onSaved: () => void;
  onCancel: () => void;
}

export function AddressForm({ address, name, onSaved, onCancel }: Props) {
  const t = useT();
  const { region } = useShop();
  const countries = useServedCountries(address?.country);
  const form = useZodForm(schema, address ? fieldsOf(address) : empty(name, region.countries[0]));
  const busy = form.formState.isSubmitting;
  const send = form.send(async (values) => {
    await save(address, values);
    onSaved();
  });
  const field = (key: keyof Omit<Values, 'is_default'>) => ({
    error: form.wrong(key),
    ...form.register(key),
  });
  return (
    <form noValidate className="flex flex-col gap-5" onSubmit={send}>
      <TextField label={t('field.name')} autoComplete="name" {...field('name')} />
      <TextField label={t('field.company')} autoComplete="organization" {...field('company')} />
      <TextField label={t('field.line1')} autoComplete="address-line1" {...field('line1')} />
      <TextField label={t('field.line2')} autoComplete="address-line2" {...field('line2')} />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          label={t('field.postalCode')}
          autoComplete="postal-code"
          {...field('postal_code')}
        />
        <TextField label={t('field.city')} autoComplete="address-level2" {...field('city')} />
        <TextField label={t('field.state')} autoComplete="address-level1" {...field('state')} />
        <SelectField label={t('field.country')} autoComplete="country" {...field('country')}>
          {countries.map(([code, label]) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </SelectField>
      </div>
      <TextField label={t('field.phone')} type="tel" autoComplete="tel" {...field('phone')} />
      {!address?.is_default && (
        <label className="flex min-h-11 items-center gap-3">
          <input type="checkbox" className="size-5 accent-brand" {...form.register('is_default')} />
          {t('addresses.makeDefault')}
        </label>
      )}
      <FormProblem text={form.problem} />
      <div className="flex flex-col gap-3 sm:flex-row">
        <SubmitButton busy={busy}>{t('action.save')}</SubmitButton>
        <button type="button" className="btn btn-ghost" onClick={onCancel}>
          {t('action.cancel')}
        </button>
      </div>
    </form>
  );
}

/** Countries that the shop delivers to, and the one that is already there. */
function useServedCountries(own: string | undefined): [code: string, name: string][] {
  const { store } = useShop();
  const names = useCountryNames();
  const codes = new Set(store.regions.flatMap(({ countries }) => countries));
  if (own) codes.add(own);
  return [...codes]
    .map((code): [string, string] => [code, names[code] ?? code])
    .sort(([, one], [, other]) => one.localeCompare(other));
}

async function save(address: SavedAddressOut | undefined, values: Values): Promise<void> {
  const body: SavedAddressIn = {
    ...values,
    company: orNull(values.company),
    line2: orNull(values.line2),
    state: orNull(values.state),
    postal_code: orNull(values.postal_code),
    phone: orNull(values.phone),
  };
  if (!address) {
    const headers = { 'Idempotency-Key': crypto.randomUUID() };
    await addressesCreate({ body, headers, throwOnError: true });
    return;
  }
  const headers = { 'If-Match': `"${address.version}"` };
  await addressesReplace({ path: { address_id: address.id }, body, headers, throwOnError: true });
}

function fieldsOf(address: SavedAddressOut): Values {
  return {
    name: address.name,
    company: address.company ?? '',
    line1: address.line1,
    line2: address.line2 ?? '',
    postal_code: address.postal_code ?? '',
    city: address.city,
    state: address.state ?? '',
    country: address.country,
    phone: address.phone ?? '',
    is_default: address.is_default,
  };
}

function empty(name: string, country = ''): Values {
  return {
    name,
    company: '',
    line1: '',
    line2: '',
    postal_code: '',
    city: '',
    state: '',
    country,
    phone: '',
    is_default: false,
  };
}
