import * as z from 'zod/mini';
import type { Address } from '@/api/gen';
import type { Key } from '../../i18n';
import { optional, orNull, required } from '../fields';
import { hasCode, hasState, needsCode } from './countryRules';

/** An address as a form holds it: nothing is null there. */
export const addressFields = {
  name: required,
  company: optional,
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

export const ADDRESS_LABELS: Record<keyof AddressValues, Key> = {
  country: 'field.country',
  name: 'field.name',
  company: 'field.company',
  line1: 'field.line1',
  line2: 'field.line2',
  city: 'field.city',
  postal_code: 'field.postalCode',
  state: 'field.state',
  phone: 'field.phone',
};

/** What a country asks of its addresses; `when` says whether the form's address is wanted at all. */
export function addressRules<Values extends AddressValues>(
  when: (values: Values) => boolean = () => true,
) {
  const rule = (path: keyof AddressValues, holds: (values: Values) => boolean) =>
    z.refine<Values>((values) => !when(values) || holds(values), {
      error: 'form.required',
      path: [path],
    });
  return [
    rule('state', ({ country, state }) => !hasState(country) || state !== ''),
    rule('postal_code', ({ country, postal_code: code }) => !needsCode(country) || code !== ''),
  ];
}

export function toAddress(values: AddressValues): Address {
  return {
    name: values.name,
    company: orNull(values.company),
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
    company: address.company ?? '',
    line1: address.line1 ?? '',
    line2: address.line2 ?? '',
    postal_code: address.postal_code ?? '',
    city: address.city ?? '',
    state: address.state ?? '',
    country: address.country ?? '',
    phone: address.phone ?? '',
  };
}
