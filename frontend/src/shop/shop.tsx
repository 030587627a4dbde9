import { createContext, use, useMemo, useState, type ReactNode } from 'react';
import type { RegionOut, StoreConfig } from '@/api/gen';
import type { Visit } from './visit';

/** The shop as this visitor sees it: its settings and the region prices are for. */
export interface Shop {
  store: StoreConfig;
  region: RegionOut;
  /** The part of every catalogue query that decides prices. */
  market: { region: string };
  chooseRegion: (id: string) => void;
}

const ShopContext = createContext<Shop | null>(null);
const YEAR_SECONDS = 31_536_000;

export function ShopProvider({ visit, children }: { visit: Visit; children: ReactNode }) {
  const { store } = visit;
  const [regionId, setRegionId] = useState(visit.region);
  const shop = useMemo(() => {
    const region = store.regions.find(({ id }) => id === regionId) ?? store.regions[0];
    if (!region) throw new Error('The shop has no region to sell in');
    const chooseRegion = (id: string) => {
      document.cookie = `sokoni_region=${id}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
      setRegionId(id);
    };
    return { store, region, market: { region: region.id }, chooseRegion };
  }, [store, regionId]);
  return <ShopContext value={shop}>{children}</ShopContext>;
}

export function useShop(): Shop {
  const shop = use(ShopContext);
  if (!shop) throw new Error('No shop around this component');
  return shop;
}
