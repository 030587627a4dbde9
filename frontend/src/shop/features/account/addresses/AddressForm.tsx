import * as z from 'zod/mini';
import {
  addressesCreate,
  addressesReplace,
  type SavedAddressIn,
  type SavedAddressOut,
} from '@/api/gen';
import { FormProblem, SaveButtons, useZodForm } from '../../../forms';
import {
  AddressFields,
  addressFields,
  addressRules,
  fieldsOf,
  toAddress,
} from '../../../forms/address';
import { useT } from '../../../i18n';
import { useShop } from '../../../shop';

const fields = z.object({ ...addressFields, is_default: z.boolean() });
const schema = fields.check(...addressRules<z.infer<typeof fields>>());

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
  const form = useZodForm(schema, {
    ...fieldsOf(address ?? { name, country: region.countries[0] }),
    is_default: address?.is_default ?? false,
  });
  const busy = form.formState.isSubmitting;
  const send = form.send(async ({ is_default, ...values }) => {
    await save(address, { ...toAddress(values), is_default });
    onSaved();
  });
  return (
    <form noValidate className="flex flex-col gap-5" onSubmit={send}>
      <AddressFields
        company
        country={form.watch('country')}
        field={(key) => ({ error: form.wrong(key), ...form.register(key) })}
      />
      {!address?.is_default && (
        <label className="flex min-h-11 items-center gap-3">
          <input type="checkbox" className="size-5 accent-brand" {...form.register('is_default')} />
          {t('addresses.makeDefault')}
        </label>
      )}
      <FormProblem text={form.problem} />
      <SaveButtons busy={busy} onCancel={onCancel} />
    </form>
  );
}

async function save(address: SavedAddressOut | undefined, body: SavedAddressIn): Promise<void> {
  if (!address) {
    const headers = { 'Idempotency-Key': crypto.randomUUID() };
    await addressesCreate({ body, headers, throwOnError: true });
    return;
  }
  const headers = { 'If-Match': `"${address.version}"` };
  await addressesReplace({ path: { address_id: address.id }, body, headers, throwOnError: true });
}
