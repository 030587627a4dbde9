import type { Address } from '@/api/gen';
import { optional, orNull, required } from '../../forms';
import { hasCode, hasState, needsCode } from './countryRules';

/** An address as a form holds it: nothing is null there. */
export const addressFields = {
  name: required,
  line1: required,
  line2: optional,
  postal_code: optional,
  city: required,
  state: optional,
  country: required,
  phone: optional,
};

export type AddressValues = {
  [Name in keyof typeof addressFields]: string;
};

type Needed = Pick<AddressValues, 'country' | 'state' | 'postal_code'>;

export function hasStateGiven({ country, state }: Needed): boolean {
  return !hasState(country) || state !== '';
}

export function hasCodeGiven({ country, postal_code: code }: Needed): boolean {
  return !needsCode(country) || code !== '';
}

export function toAddress(values: AddressValues): Address {
  return {
    name: values.name,
    line1: values.line1,
    line2: orNull(values.line2),
    city: values.city,
    state: hasState(values.country) ? orNull(values.state) : null,
    postal_code: hasCode(values.country) ? orNull(values.postal_code) : null,
    country: values.country,
    phone: orNull(values.phone),
  };
}

export function fieldsOf(address: Partial<Address>): AddressValues {
  return {
    name: address.name ?? '',
    line1: address.line1 ?? '',
    line2: address.line2 ?? '',
    postal_code: address.postal_code ?? '',
    city: address.city ?? '',
    state: address.state ?? '',
    country: address.country ?? '',
    phone: address.phone ?? '',
  };
}
