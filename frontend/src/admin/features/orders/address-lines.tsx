import { usePreferences } from '@/admin/app/preferences';

/** An address as orders and customers have it. */
export interface Postal {
  name: string;
  company?: string | null;
  line1: string;
  line2?: string | null;
  city: string;
  state?: string | null;
  postal_code?: string | null;
  country: string;
  phone?: string | null;
}

function countryName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** A postal address, line by line. */
export function AddressLines({ address }: { address: Postal }) {
  const locale = usePreferences((state) => state.locale);
  const town = [address.postal_code, address.city].filter(Boolean).join(' ');
  const lines = [
    address.name,
    address.company,
    address.line1,
    address.line2,
    [town, address.state].filter(Boolean).join(', '),
    countryName(address.country, locale),
    address.phone,
  ];
  return (
    <address className="not-italic">
      {lines.map((line, index) =>
        line ? (
          <span key={`${index}${line}`} className="block break-words">
            {line}
          </span>
        ) : null,
      )}
    </address>
  );
}
