import { useMutation, useQueryClient } from '@tanstack/react-query';
import { cartAddItem, cartCreate, type CartOut, type NewItem } from '@/api/gen';
import { cartShowQueryKey } from '@/api/gen/@tanstack/react-query.gen';
import { currentToken } from '@/shared/session';
import { keys, storage } from '@/shared/storage';
import { announce, toast } from '@/shared/ui';
import { useT } from '../../i18n';
import { useShop } from '../../shop';
import { openCart } from './drawer';
import { leftOf } from './stock';
import { forgetCart, isGone } from './useCart';

export interface Addition {
  variantId: string;
  quantity: number;
  /** For the message. */
  title: string;
}

/** Puts a variant into the cart, opening a cart first if there is none, and shows it. */
export function useAddToCart() {
  const t = useT();
  const queries = useQueryClient();
  const { region } = useShop();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ variantId, quantity }: Addition) =>
      put({ variant_id: variantId, quantity }, region.id),
    onSuccess: (cart, { title }) => {
      queries.setQueryData(cartShowQueryKey(), cart);
      announce(t('buy.added', { title }));
      openCart();
    },
    onError: (error, { title }) => {
      const left = leftOf(error);
      const text =
        left === undefined
          ? t('buy.failed', { title })
          : t('cart.noneMore', { title, count: left });
      toast(text, { tone: 'problem' });
    },
  });
}

/** A guest's cart that is over is replaced by a new one, once. */
async function put(body: NewItem, regionId: string): Promise<CartOut> {
  try {
    return await putOnce(body, regionId);
  } catch (error) {
    if (currentToken() || !storage.get(keys.cart) || !isGone(error)) throw error;
    forgetCart(error);
    return putOnce(body, regionId);
  }
}

async function putOnce(body: NewItem, regionId: string): Promise<CartOut> {
  if (!currentToken() && !storage.get(keys.cart)) {
    const { data } = await cartCreate({ body: { region_id: regionId }, throwOnError: true });
    storage.set(keys.cart, data.token);
  }
  const { data } = await cartAddItem({ body, throwOnError: true });
  return data;
}
