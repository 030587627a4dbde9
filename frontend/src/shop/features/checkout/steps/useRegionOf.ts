import { useEffect, useState } from 'react';
import type { CartOut, MoneyOut } from '@/api/gen';
import { useShop } from '../../../shop';

/** What the cart cost before the country brought other prices. */
export interface Moved {
  was: MoneyOut;
}

/** The country decides region and currency: the shop and its cart go where the parcel goes. */
export function useRegionOf(country: string, cart: CartOut): Moved | undefined {
  const { store, region, chooseRegion } = useShop();
  const [begun] = useState({ region: cart.region_id, was: cart.totals.items });
  const target = store.regions.find(({ countries }) => countries.includes(country));
  useEffect(() => {
    if (target && target.id !== region.id) chooseRegion(target.id);
  }, [target, region.id, chooseRegion]);
  return cart.region_id === begun.region ? undefined : begun;
}
