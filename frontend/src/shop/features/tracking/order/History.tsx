import type { OrderOut, TimelineOut } from '@/api/gen';
import type { Language, Translate } from '@/shared/i18n';
import { useShopLanguage, type Key } from '../../../i18n';

const MOVES: Record<string, Key> = {
  pending: 'history.placed',
  confirmed: 'history.paid',
  processing: 'history.processing',
  shipped: 'history.shipped',
  delivered: 'history.delivered',
  cancelled: 'history.cancelled',
  refunded: 'history.refunded',
};

/** What happened to an order, the latest first. What it has no words for is left out. */
export function History({ order, entries }: { order: OrderOut; entries: TimelineOut[] }) {
  const language = useShopLanguage();
  const shown = entries
    .map((entry) => ({ entry, text: textOf(entry, order, language) }))
    .filter(({ text }) => text !== undefined)
    .sort((one, other) => other.entry.seq - one.entry.seq);
  return (
    <ol className="relative border-l border-line pl-5">
      {shown.map(({ entry, text }, position) => (
        <li key={entry.seq} className="relative pb-5 last:pb-0">
          <span
            aria-hidden
            className={`absolute top-1.5 -left-5 size-2.5 -translate-x-1/2 rounded-full ${position === 0 ? 'bg-brand' : 'bg-field'}`}
          />
          <p className={position === 0 ? 'font-medium' : undefined}>{text}</p>
          {entry.note && entry.kind === 'status' && (
            <p className="mt-1 break-words whitespace-pre-line text-muted">{entry.note}</p>
          )}
          <time dateTime={entry.at} className="text-sm text-muted">
            {language.dateTime(entry.at, true)}
          </time>
        </li>
      ))}
    </ol>
  );
}

function textOf(
  { kind, to_status: to, data, by }: TimelineOut,
  order: OrderOut,
  { t, money }: Language & { t: Translate<Key> },
): string | undefined {
  if (kind === 'payment_declined') return t('history.declined');
  if (kind === 'refund') {
    return typeof data.amount === 'number'
      ? t('history.refund', { amount: money({ amount: data.amount, currency: order.currency }) })
      : t('history.refunded');
  }
  if (kind !== 'status' || !to) return undefined;
  if (to === 'cancelled' && order.cancel_reason === 'expired') return t('history.expired');
  if (to === 'cancelled' && (by === 'user' || by === 'guest') && order.cancel_reason === 'customer')
    return t('history.cancelledByYou');
  const key = MOVES[to];
  return key && t(key);
}
