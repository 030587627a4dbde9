import { useQuery } from '@tanstack/react-query';
import {
  adminBrandsListBrandsQueryKey,
  adminCategoriesListCategoriesOptions,
} from '@/api/gen/@tanstack/react-query.gen';
import { adminBrandsListBrands } from '@/api/gen/sdk.gen';
import type { StaffCategory } from '@/api/gen/types.gen';
import { allRows } from '@/admin/ui/list';

export interface CategoryChoice {
  value: string;
  label: string;
  depth: number;
}

/** Categories as a tree that is read from top to bottom. */
export function inTreeOrder(all: readonly StaffCategory[]): (StaffCategory & { depth: number })[] {
  const under = (parent: string | null, depth: number): (StaffCategory & { depth: number })[] =>
    all
      .filter((category) => category.parent_id === parent)
      .sort((one, other) => one.position - other.position || one.name.localeCompare(other.name))
      .flatMap((category) => [{ ...category, depth }, ...under(category.id, depth + 1)]);
  return under(null, 0);
}

export function useCategoryChoices(): CategoryChoice[] {
  const { data } = useQuery({ ...adminCategoriesListCategoriesOptions(), staleTime: 60_000 });
  return inTreeOrder(data?.items ?? []).map(({ id, name, depth }) => ({
    value: id,
    label: name,
    depth,
  }));
}

/** Brands by id. */
export function useBrandChoices(): { value: string; label: string }[] {
  const { data } = useQuery({
    queryKey: [...adminBrandsListBrandsQueryKey(), 'all'],
    queryFn: ({ signal }) =>
      allRows(async (cursor) => {
        const query = { limit: 100, ...(cursor && { cursor }) };
        return (await adminBrandsListBrands({ query, signal, throwOnError: true })).data;
      }),
    staleTime: 60_000,
  });
  return (data ?? []).map(({ id, name }) => ({ value: id, label: name }));
}
