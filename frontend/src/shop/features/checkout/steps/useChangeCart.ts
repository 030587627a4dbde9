import { useQueryClient } from '@tanstack/react-query';
import { cartChange, type CartChange } from '@/api/gen';
import { cartShowQueryKey } from '@/api/gen/@tanstack/react-query.gen';

/** Tells the cart what a step asked for; a reload then asks nothing twice. */
export function useChangeCart() {
  const queries = useQueryClient();
  return async (body: CartChange) => {
    const { data } = await cartChange({ body, throwOnError: true });
    queries.setQueryData(cartShowQueryKey(), data);
  };
}
