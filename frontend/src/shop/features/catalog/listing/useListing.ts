import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from 'react-router';
import type { FacetsOut, ProductCard } from '@/api/gen';
import { searchProductsOptions } from '@/api/gen/@tanstack/react-query.gen';
import { useSearchParams } from '@/shop/useSearchParams';
import { useShop } from '../../../shop';
import { listingQuery } from './filters';

export interface Listed {
  products: ProductCard[];
  facets: FacetsOut | null;
  total: number | null;
  /** The query as corrected, when nothing matched as typed. */
  suggestion: string | null;
  next: string | null;
  isLoading: boolean;
  /** Another answer is on its way; the one before is still shown. */
  isChanging: boolean;
  isLoadingMore: boolean;
  error: unknown;
  retry: () => void;
  loadMore: () => void;
}

/** The cursors of the pages added by "load more", kept in the history so that Back finds them. */
interface Kept {
  more?: string[];
}

/** What the address asks for: its page, and the pages added below it. */
export function useListing(category?: string): Listed {
  const { market } = useShop();
  const [address] = useSearchParams();
  const { state } = useLocation() as { state: Kept | null };
  const navigate = useNavigate();
  const query = listingQuery(address, { market, category });
  const first = useQuery({
    ...searchProductsOptions({ query }),
    placeholderData: keepPreviousData,
  });
  const more = state?.more ?? [];
  const rest = useQueries({
    queries: more.map((cursor) =>
      searchProductsOptions({ query: { ...query, cursor, with_facets: false, with_total: false } }),
    ),
  });
  const pages = [first.data, ...rest.map(({ data }) => data)].filter((page) => page !== undefined);
  const next = pages.at(-1)?.next_cursor ?? null;
  const failed = [first, ...rest].find(({ error }) => error);
  return {
    products: pages.flatMap(({ items }) => items),
    facets: first.data?.facets ?? null,
    total: first.data?.total ?? null,
    suggestion: first.data?.suggestion ?? null,
    next,
    isLoading: first.isPending,
    isChanging: first.isPlaceholderData,
    isLoadingMore: rest.some(({ isPending }) => isPending),
    error: failed?.error,
    retry: () => void failed?.refetch(),
    loadMore: () => {
      if (next) {
        void navigate(
          { search: `?${address}` },
          { replace: true, state: { more: [...more, next] }, preventScrollReset: true },
        );
      }
    },
  };
}
