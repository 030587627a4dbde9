import { useQuery } from '@tanstack/react-query';
import type { CategoryNode } from '@/api/gen';
import { categoriesTreeOptions } from '@/api/gen/@tanstack/react-query.gen';

const NONE: CategoryNode[] = [];

/** The category tree, as the server sends it along with every page. */
export function useCategories(): CategoryNode[] {
  const { data } = useQuery({ ...categoriesTreeOptions(), staleTime: 10 * 60_000 });
  return data?.items ?? NONE;
}
