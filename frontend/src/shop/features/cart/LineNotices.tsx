import type { CartLineOut, NoticeOut } from '@/api/gen';
import { useShopLanguage, type Key } from '../../i18n';

interface Props {
  line: CartLineOut;
  /** How many there are, after more were asked for. */
  left: number | undefined;
  onTake: (quantity: number) => void;
}

/** What changed about a line since it was put into the cart, and what can be done about it. */
export function LineNotices({ line, left, onTake }: Props) {
  const { t, money } = useShopLanguage();
  const short = line.notices.find(({ code }) => code === 'insufficient-stock')?.available;
  const available = left ?? short ?? undefined;
  const others = line.notices.filter(({ code }) => code !== 'insufficient-stock');
  if (available === undefined && others.length === 0) return null;
  const say = ({ code, was, now }: NoticeOut) => {
    if (code === 'price-changed' && was && now) {
      return t('cart.notice.price', { was: money(was), now: money(now) });
    }
    return t(`cart.notice.${code}` as Key);
  };
  return (
    <div role="status" className="mt-1 text-sm text-sale">
      {others.map((notice) => (
        <p key={notice.code}>{say(notice)}</p>
      ))}
      {available !== undefined && (
        <p>
          {t('cart.notice.left', { count: available })}{' '}
          {available > 0 && available !== line.quantity && (
            <button
              type="button"
              className="link min-h-6 font-semibold"
              onClick={() => onTake(available)}
            >
              {t('cart.take', { count: available })}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
