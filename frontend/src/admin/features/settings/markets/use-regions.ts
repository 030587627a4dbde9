import { useQuery } from '@tanstack/react-query';
import { adminRegionsListOptions } from '@/api/gen/@tanstack/react-query.gen';
import type { StaffRegion } from '@/api/gen/types.gen';

/** The regions, the default one first; none while they load. */
export function useRegions(): readonly StaffRegion[] {
  return useQuery(adminRegionsListOptions()).data?.items ?? [];
}
