import type { UseFormRegisterReturn } from 'react-hook-form';
import { SelectField, TextField } from '@/shared/ui';
import { useT } from '../../i18n';
import { useCountries } from '../../useCountries';
import type { AddressValues } from './address';
import { hasCode, hasState, needsCode } from './countryRules';

interface Props {
  /** Which of a purchase's two addresses, so that browsers fill in the right one. */
  kind?: 'shipping' | 'billing';
  country: string;
  /** Most people have no company to name: at the checkout it is asked for only if one is known. */
  company: boolean;
  /** Where the country is settled, it is not asked for. */
  withCountry?: boolean;
  field: (name: keyof AddressValues) => UseFormRegisterReturn & { error: string | undefined };
}

/** The fields of a postal address that its country has, in the order people write them. */
export function AddressFields({ kind, country, company, withCountry = true, field }: Props) {
  const t = useT();
  const countries = useCountries(country);
  const known = (token: string) => (kind ? `${kind} ${token}` : token);
  const text = (name: keyof AddressValues, token: string, className?: string) => ({
    autoComplete: known(token),
    className,
    ...field(name),
  });
  const wide = 'col-span-2';
  return (
    <div className="grid grid-cols-2 gap-x-3 gap-y-4">
      {withCountry && (
        <SelectField
          label={t('field.country')}
          autoComplete={known('country')}
          className={wide}
          {...field('country')}
        >
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      <TextField label={t('field.name')} {...text('name', 'name', wide)} />
      {company && (
        <TextField label={t('field.company')} {...text('company', 'organization', wide)} />
      )}
      <TextField label={t('field.line1')} {...text('line1', 'address-line1', wide)} />
      <TextField label={t('field.line2')} {...text('line2', 'address-line2', wide)} />
      <TextField
        label={t('field.city')}
        {...text('city', 'address-level2', hasCode(country) ? undefined : wide)}
      />
      {hasCode(country) && (
        <TextField
          label={t(needsCode(country) ? 'field.postalCode' : 'field.postalCodeOptional')}
          {...text('postal_code', 'postal-code')}
        />
      )}
      {hasState(country) && (
        <TextField label={t('field.state')} {...text('state', 'address-level1', wide)} />
      )}
      <TextField label={t('field.phone')} type="tel" {...text('phone', 'tel', wide)} />
    </div>
  );
}
