import type { Address } from '@/api/gen/types.gen';
import type { MessageKey } from '@/admin/i18n';
import { useT } from '@/admin/i18n';
import { Checkbox, Field, Input, Select } from '@/admin/ui';
import { useCountryChoices } from '@/admin/ui/countries';

interface AddressFieldsProps {
  address: Address | null;
  onChange: (address: Address | null) => void;
  error: (field: string) => string | undefined;
}

const EMPTY: Address = { name: '', line1: '', city: '', country: '' };

const LINES: { field: 'line1' | 'line2' | 'city' | 'state' | 'postal_code'; label: MessageKey }[] =
  [
    { field: 'line1', label: 'address.line1' },
    { field: 'line2', label: 'address.line2' },
    { field: 'city', label: 'address.city' },
    { field: 'state', label: 'address.state' },
    { field: 'postal_code', label: 'address.postal_code' },
  ];
const REQUIRED = ['line1', 'city'];

/** An address that may be missing as a whole. */
export function AddressFields({ address, onChange, error }: AddressFieldsProps) {
  const t = useT();
  const countries = useCountryChoices();
  return (
    <fieldset>
      <legend className="sr-only">{t('inventory.address')}</legend>
      <Checkbox
        label={t('inventory.has_address')}
        checked={address !== null}
        onChange={(event) => onChange(event.target.checked ? EMPTY : null)}
      />
      {address && (
        <div className="mt-4 grid gap-4 sm:grid-cols-2">
          {LINES.map(({ field, label }) => (
            <Field key={field} label={t(label)} error={error(field)}>
              <Input
                value={address[field] ?? ''}
                onChange={(event) => {
                  const text = event.target.value;
                  const empty = REQUIRED.includes(field) ? '' : null;
                  onChange({ ...address, [field]: text || empty });
                }}
              />
            </Field>
          ))}
          <Field label={t('address.country')} error={error('country')}>
            <Select
              value={address.country}
              empty={t('form.choose')}
              choices={countries}
              onChange={(event) => onChange({ ...address, country: event.target.value })}
            />
          </Field>
        </div>
      )}
    </fieldset>
  );
}
