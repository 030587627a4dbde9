import { useMutation, useQueryClient } from '@tanstack/react-query';
import { cartAddItem, cartCreate } from '@/api/gen';
import { cartShowQueryKey } from '@/api/gen/@tanstack/react-query.gen';
import { currentToken } from '@/shared/session';
import { keys, storage } from '@/shared/storage';
import { useShop } from '../../shop';

export interface Addition {
  variantId: string;
  quantity: number;
  /** For the message. */
  title: string;
}

/** Puts a variant into the cart, opening a cart first if there is none. */
export function useAddToCart() {
  const queries = useQueryClient();
  const { region } = useShop();
  return useMutation({
    mutationFn: async ({ variantId, quantity }: Addition) => {
      if (!currentToken() && !storage.get(keys.cart)) {
        const { data } = await cartCreate({ body: { region_id: region.id }, throwOnError: true });
        storage.set(keys.cart, data.token);
      }
      const body = { variant_id: variantId, quantity };
      const { data } = await cartAddItem({ body, throwOnError: true });
      return data;
    },
    onSuccess: (cart) => queries.setQueryData(cartShowQueryKey(), cart),
  });
}
