import { useQuery } from '@tanstack/react-query';
import { adminLocationsListOptions } from '@/api/gen/@tanstack/react-query.gen';
import type { LocationOut } from '@/api/gen/types.gen';

/** The locations, those served from first before others; none while they load. */
export function useLocations(): readonly LocationOut[] {
  return useQuery(adminLocationsListOptions()).data?.items ?? [];
}
