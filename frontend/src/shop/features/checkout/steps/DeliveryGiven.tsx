import type { CartOut } from '@/api/gen';
import { useCountryNames } from '@/shared/countries';
import { useShopLanguage } from '../../../i18n';
import { daysOf } from '../../cart';

/** Address and way to ship in two lines. */
export function DeliveryGiven({ cart }: { cart: CartOut }) {
  const language = useShopLanguage();
  const countries = useCountryNames();
  const { shipping_address: address, shipping_option_id: chosen } = cart;
  const option = cart.shipping_options.find(({ id }) => id === chosen);
  if (!address) return null;
  const { name, line1, line2, postal_code: code, city, state, country } = address;
  const place = [code, city].filter(Boolean).join(' ');
  const parts = [name, line1, line2, place, state, countries[country] ?? country];
  return (
    <>
      <p>{parts.filter(Boolean).join(', ')}</p>
      {option && (
        <p>
          {option.name} · {daysOf(option, language)}
        </p>
      )}
    </>
  );
}
