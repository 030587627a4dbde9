import { authRegister, cartMerge, checkoutLogin, type Login, type Registration } from '@/api/gen';
import { asProblem } from '@/api/problem';
import { signIn } from '@/shared/session';
import { keys, storage } from '@/shared/storage';

/** Signs in. The guest's cart goes along: the server has put it into the account's. */
export async function enter(body: Login): Promise<void> {
  const { data } = await checkoutLogin({ body, throwOnError: true });
  storage.remove(keys.cart);
  signIn(data);
}

/** Opens an account, signs in, and puts the guest's cart into the account's. */
export async function join(body: Registration): Promise<void> {
  const { data } = await authRegister({ body, throwOnError: true });
  const cart = storage.get<string>(keys.cart);
  // Without the token here, nobody reads the guest's cart while it changes hands.
  storage.remove(keys.cart);
  if (cart) await bringAlong(cart, data.access_token);
  signIn(data);
}

async function bringAlong(cart: string, accessToken: string): Promise<void> {
  const headers = { 'X-Cart-Token': cart, Authorization: `Bearer ${accessToken}` };
  try {
    await cartMerge({ headers, throwOnError: true });
  } catch (thrown) {
    // A cart that is gone or paid stays behind; one that could not be reached is kept for later.
    const { status } = asProblem(thrown);
    if (status === 0 || status >= 500) storage.set(keys.cart, cart);
  }
}
