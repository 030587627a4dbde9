import { useQuery } from '@tanstack/react-query';
import { cartShowOptions } from '@/api/gen/@tanstack/react-query.gen';
import { useSession } from '@/shared/session';
import { keys, storage } from '@/shared/storage';

/** The visitor's cart. Who has neither a login nor a cart's token asks nothing. */
export function useCart() {
  const { status } = useSession();
  const has = status === 'user' || (status === 'guest' && storage.get(keys.cart) !== undefined);
  return useQuery({ ...cartShowOptions(), enabled: has });
}
