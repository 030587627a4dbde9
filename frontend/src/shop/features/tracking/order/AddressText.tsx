import type { Address } from '@/api/gen';
import { useCountryNames } from '@/shared/countries';

/** A postal address as it is written on a parcel. */
export function AddressText({ address }: { address: Address }) {
  const countries = useCountryNames();
  const { name, company, line1, line2, city, state, postal_code: code, country, phone } = address;
  const place = [[code, city].filter(Boolean).join(' '), state].filter(Boolean).join(', ');
  const lines = [name, company, line1, line2, place, countries[country] ?? country, phone];
  return (
    <address className="break-words not-italic">
      {lines.filter(Boolean).map((line, position) => (
        // Two lines of an address may be the same.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={position} className="block">
          {line}
        </span>
      ))}
    </address>
  );
}
