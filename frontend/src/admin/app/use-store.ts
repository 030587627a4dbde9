import { useQuery } from '@tanstack/react-query';
import { storeConfigOptions } from '@/api/gen/@tanstack/react-query.gen';
import type { StoreConfig } from '@/api/gen/types.gen';

/** The shop's name, currencies and regions; undefined while they load. */
export function useStore(): StoreConfig | undefined {
  return useQuery({ ...storeConfigOptions(), staleTime: Infinity }).data;
}
