import type { UseFormRegisterReturn } from 'react-hook-form';
import { SelectField, TextField } from '@/shared/ui';
import { useT } from '../../../i18n';
import { useCountries } from '../../cart';
import type { AddressValues } from '../address';
import { hasCode, hasState, needsCode } from '../countryRules';

interface Props {
  /** `shipping` or `billing`, so that browsers fill in the right one. */
  kind: 'shipping' | 'billing';
  country: string;
  field: (name: keyof AddressValues) => UseFormRegisterReturn & { error: string | undefined };
}

/** The fields of a postal address that its country has, in the order people write them. */
export function AddressFields({ kind, country, field }: Props) {
  const t = useT();
  const countries = useCountries();
  return (
    <div className="grid grid-cols-2 gap-x-3 gap-y-4">
      <SelectField
        label={t('field.country')}
        autoComplete={`${kind} country`}
        className="col-span-2"
        {...field('country')}
      >
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t('field.name')}
        autoComplete={`${kind} name`}
        className="col-span-2"
        {...field('name')}
      />
      <TextField
        label={t('field.line1')}
        autoComplete={`${kind} address-line1`}
        className="col-span-2"
        {...field('line1')}
      />
      <TextField
        label={t('field.line2')}
        autoComplete={`${kind} address-line2`}
        className="col-span-2"
        {...field('line2')}
      />
      <TextField
        label={t('field.city')}
        autoComplete={`${kind} address-level2`}
        className={hasCode(country) ? undefined : 'col-span-2'}
        {...field('city')}
      />
      {hasCode(country) && (
        <TextField
          label={t(needsCode(country) ? 'checkout.postalCode' : 'field.postalCode')}
          autoComplete={`${kind} postal-code`}
          {...field('postal_code')}
        />
      )}
      {hasState(country) && (
        <TextField
          label={t('checkout.state')}
          autoComplete={`${kind} address-level1`}
          className="col-span-2"
          {...field('state')}
        />
      )}
      <TextField
        label={t('field.phone')}
        type="tel"
        autoComplete={`${kind} tel`}
        className="col-span-2"
        {...field('phone')}
      />
    </div>
  );
}
