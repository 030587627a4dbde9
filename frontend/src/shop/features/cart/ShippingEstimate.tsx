import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CartOut } from '@/api/gen';
import { shippingListOptionsOptions } from '@/api/gen/@tanstack/react-query.gen';
import { SelectField, Skeleton } from '@/shared/ui';
import { useShopLanguage } from '../../i18n';
import { useShop } from '../../shop';
import { daysOf } from './days';
import { useCountries } from '../../useCountries';

/** What shipping to a country would cost and how long it would take. */
export function ShippingEstimate({ cart }: { cart: CartOut }) {
  const language = useShopLanguage();
  const { t, money } = language;
  const { region } = useShop();
  const countries = useCountries();
  const [chosen, setChosen] = useState(cart.country ?? '');
  const country = chosen || (region.countries[0] ?? '');
  const query = { country, cart_id: cart.id };
  const { data, isError } = useQuery({
    ...shippingListOptionsOptions({ query }),
    enabled: country !== '',
  });
  return (
    <section className="mt-6">
      <SelectField
        label={t('cart.estimate')}
        value={country}
        onChange={(event) => setChosen(event.target.value)}
      >
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
      <ul aria-live="polite" className="mt-3 flex min-h-16 flex-col gap-1.5 text-sm">
        {!data && !isError && <Skeleton className="h-5 w-full" />}
        {isError && <li className="text-sale">{t('error.title')}</li>}
        {data?.items.length === 0 && <li className="text-muted">{t('delivery.none')}</li>}
        {data?.items.map((option) => (
          <li key={option.id} className="flex justify-between gap-4">
            <span>
              {option.name} <span className="text-muted">· {daysOf(option, language)}</span>
            </span>
            <span className="tabular-nums">
              {option.price.amount === 0 ? t('delivery.free') : money(option.price)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
