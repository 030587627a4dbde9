import type { CartOut } from '@/api/gen';
import { sameMoney } from '@/shared/money';
import { useShopLanguage } from '../../../i18n';
import type { Moved } from './useRegionOf';

/** Says what another country changed about the prices. */
export function MovedNotice({ moved, cart }: { moved: Moved | undefined; cart: CartOut }) {
  const { t, money } = useShopLanguage();
  const now = cart.totals.items;
  const text =
    moved && !sameMoney(moved.was, now)
      ? t('checkout.moved', { was: money(moved.was), now: money(now) })
      : '';
  return (
    <div role="status">
      {text && <p className="mt-4 rounded-btn bg-tile px-4 py-3 text-sm">{text}</p>}
    </div>
  );
}
