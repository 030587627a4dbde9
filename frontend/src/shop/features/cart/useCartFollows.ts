import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { cartChange, cartMerge } from '@/api/gen';
import { cartShowQueryKey } from '@/api/gen/@tanstack/react-query.gen';
import { useSession } from '@/shared/session';
import { keys, storage } from '@/shared/storage';
import { useShop } from '../../shop';
import { useCart } from './useCart';

/** A guest's cart that is still here goes into the account of whoever is signed in. */
export function useCartFollowsSession(): void {
  const queries = useQueryClient();
  const { status } = useSession();
  const { mutate: merge } = useMutation({
    mutationFn: async () => {
      const { data } = await cartMerge({ throwOnError: true });
      return data;
    },
    onSuccess: (cart) => queries.setQueryData(cartShowQueryKey(), cart),
    onSettled: () => storage.remove(keys.cart),
  });
  useEffect(() => {
    if (status === 'user' && storage.get(keys.cart)) merge();
  }, [status, merge]);
}

/** Whoever chooses another region sees the cart at its prices, too. */
export function useCartFollowsRegion(): void {
  const queries = useQueryClient();
  const { region } = useShop();
  const { data: cart } = useCart();
  const { mutate, isPending } = useMutation({
    mutationFn: async (region_id: string) => {
      const { data } = await cartChange({ body: { region_id }, throwOnError: true });
      return data;
    },
    onSuccess: (changed) => queries.setQueryData(cartShowQueryKey(), changed),
  });
  const tried = useRef('');
  const differing = cart && cart.region_id !== region.id ? `${cart.id} in ${region.id}` : '';
  useEffect(() => {
    if (differing && tried.current !== differing && !isPending) mutate(region.id);
    // A refusal is not asked for again and again.
    tried.current = differing;
  }, [differing, region.id, isPending, mutate]);
}
