import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import {
  cartAddItem,
  cartChangeItem,
  cartRemoveItem,
  type CartLineOut,
  type CartOut,
} from '@/api/gen';
import { cartShowQueryKey } from '@/api/gen/@tanstack/react-query.gen';
import { announce, toast } from '@/shared/ui';
import { useT } from '../../i18n';
import { leftOf } from './stock';

const CART = ['cart'];
// One change after the other, in the order they were made.
// Without a network they fail at once, rather than wait unseen.
const inTurn = { mutationKey: CART, scope: { id: 'cart' }, networkMode: 'always' as const };

/** Changes a line's quantity at once, and puts it back if the shop refuses. */
export function useSetQuantity(line: CartLineOut) {
  const t = useT();
  const queries = useQueryClient();
  const title = line.title ?? '';
  return useMutation({
    ...inTurn,
    mutationFn: async (quantity: number) => {
      const path = { item_id: line.id };
      const { data } = await cartChangeItem({ path, body: { quantity }, throwOnError: true });
      return data;
    },
    onMutate: (quantity) => change(queries, (cart) => withQuantity(cart, line.id, quantity)),
    onSuccess: (cart, quantity) => {
      settle(queries, cart);
      announce(t('cart.changed', { title, count: quantity }));
    },
    onError: (error, _quantity, before) => {
      rollBack(queries, before);
      if (leftOf(error) === undefined) toast(t('cart.failed'), { tone: 'problem' });
    },
  });
}

/** Takes a line out at once; the message offers to put it back. */
export function useRemoveLine(line: CartLineOut) {
  const t = useT();
  const queries = useQueryClient();
  const title = line.title ?? t('cart.unknown');
  const { mutate: putBack } = usePutBack();
  return useMutation({
    ...inTurn,
    mutationFn: async () => {
      const { data } = await cartRemoveItem({ path: { item_id: line.id }, throwOnError: true });
      return data;
    },
    onMutate: () => change(queries, (cart) => without(cart, line.id)),
    onSuccess: (cart) => {
      settle(queries, cart);
      const run = () => putBack(line);
      toast(t('cart.removed', { title }), {
        action: line.unit_price ? { label: t('action.undo'), run } : undefined,
      });
    },
    onError: (_error, _nothing, before) => {
      rollBack(queries, before);
      toast(t('cart.failed'), { tone: 'problem' });
    },
  });
}

function usePutBack() {
  const t = useT();
  const queries = useQueryClient();
  return useMutation({
    ...inTurn,
    mutationFn: async ({ variant_id, quantity }: CartLineOut) => {
      const { data } = await cartAddItem({ body: { variant_id, quantity }, throwOnError: true });
      return data;
    },
    onSuccess: (cart, { title }) => {
      settle(queries, cart);
      announce(t('buy.added', { title: title ?? '' }));
    },
    onError: (error, { title }) => {
      const count = leftOf(error);
      const name = title ?? '';
      toast(
        count === undefined
          ? t('buy.failed', { title: name })
          : t('cart.noneMore', { title: name, count }),
        { tone: 'problem' },
      );
    },
  });
}

async function change(
  queries: QueryClient,
  how: (cart: CartOut) => CartOut,
): Promise<CartOut | undefined> {
  await queries.cancelQueries({ queryKey: cartShowQueryKey() });
  const before = queries.getQueryData<CartOut>(cartShowQueryKey());
  if (before) queries.setQueryData(cartShowQueryKey(), how(before));
  return before;
}

/** The answer counts unless a later change is under way, which it does not know of. */
function settle(queries: QueryClient, cart: CartOut): void {
  if (queries.isMutating({ mutationKey: CART }) === 1) {
    queries.setQueryData(cartShowQueryKey(), cart);
  }
}

function rollBack(queries: QueryClient, before: CartOut | undefined): void {
  if (before) queries.setQueryData(cartShowQueryKey(), before);
  void queries.invalidateQueries({ queryKey: cartShowQueryKey() });
}

/** Line and totals as they will be, but for shipping and taxes, which the answer tells. */
function withQuantity(cart: CartOut, id: string, quantity: number): CartOut {
  return summed(
    cart,
    cart.lines.map((line) => {
      if (line.id !== id || !line.unit_price) return line;
      const amount = line.unit_price.amount * quantity;
      return { ...line, quantity, line_total: { ...line.unit_price, amount } };
    }),
  );
}

function without(cart: CartOut, id: string): CartOut {
  return summed(
    cart,
    cart.lines.filter((line) => line.id !== id),
  );
}

function summed(cart: CartOut, lines: CartLineOut[]): CartOut {
  const amount = lines.reduce((sum, line) => sum + (line.line_total?.amount ?? 0), 0);
  return { ...cart, lines, totals: { ...cart.totals, items: { ...cart.totals.items, amount } } };
}
