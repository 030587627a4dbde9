import type { Interval } from '@/api/gen/types.gen';
import { usePreferences } from '@/admin/app/preferences';
import { decimalsOf } from '@/shared/formats';

const OPTIONS: Record<Interval, Intl.DateTimeFormatOptions> = {
  hour: { hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  week: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: 'numeric' },
};

const locale = () => {
  const chosen = usePreferences.getState().locale;
  return chosen === 'en' ? 'en-GB' : chosen;
};

/** What a bucket of a chart is called: the hour, the day, the day a week begins, the month. */
export function bucketName(iso: string, interval: Interval): string {
  return new Intl.DateTimeFormat(locale(), OPTIONS[interval]).format(new Date(iso));
}

/** An amount where decimals are noise: none from a thousand on. */
export function roundMoney(amount: number, currency: string): string {
  const value = amount / 10 ** decimalsOf(currency);
  const digits = Math.abs(value) >= 1_000 ? 0 : decimalsOf(currency);
  return new Intl.NumberFormat(locale(), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** An amount for an axis: `$1.2K`. */
export function shortMoney(amount: number, currency: string): string {
  return new Intl.NumberFormat(locale(), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumFractionDigits: 1,
  }).format(amount / 10 ** decimalsOf(currency));
}
