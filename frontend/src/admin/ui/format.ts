import { usePreferences } from '@/admin/app/preferences';
import { decimalsOf } from '@/shared/formats';

/**
 * Money, numbers and times as text. The admin is drawn in the browser only, so that `Intl` may be
 * used here: nothing is compared with what a server drew. Decimals are ISO 4217's, as the API's
 * amounts, not those of Unicode's data.
 */
export interface Amount {
  amount: number;
  currency: string;
}

const locale = () => {
  const chosen = usePreferences.getState().locale;
  return chosen === 'en' ? 'en-GB' : chosen;
};

export function money({ amount, currency }: Amount): string {
  const digits = decimalsOf(currency);
  return new Intl.NumberFormat(locale(), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount / 10 ** digits);
}

/** An amount as people type it, without the currency: 1999 EUR → `19.99`. */
export function decimal(amount: number, currency: string): string {
  return (amount / 10 ** decimalsOf(currency)).toFixed(decimalsOf(currency));
}

/**
 * What somebody typed or pasted → minor units, or null when it is not an amount of that currency.
 * Takes `1,234.50`, `1.234,50`, `€ 12` and `12,5`; refuses more decimals than the currency has.
 */
export function minorUnits(text: string, currency: string): number | null {
  const bare = text.replace(/[\s\u00a0'’]|[^\d.,-]/g, '');
  const lastMark = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','));
  const marks = bare.replace(/[^.,]/g, '');
  const after = bare.length - lastMark - 1;
  const groups =
    lastMark >= 0 && after === 3 && new Set(marks).size === 1 && decimalsOf(currency) < 3;
  const whole = groups || lastMark < 0 ? bare : bare.slice(0, lastMark);
  const fraction = groups || lastMark < 0 ? '' : bare.slice(lastMark + 1);
  const digits = whole.replace(/[.,]/g, '');
  if (!/^\d*$/.test(digits) || !/^\d*$/.test(fraction) || digits + fraction === '') return null;
  if (fraction.length > decimalsOf(currency)) return null;
  const amount = Number(digits + fraction.padEnd(decimalsOf(currency), '0'));
  return Number.isSafeInteger(amount) ? amount : null;
}

export const number = (value: number) => new Intl.NumberFormat(locale()).format(value);

export const percent = (share: number) =>
  new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 1 }).format(share);

export const dateTime = (iso: string) =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(iso),
  );

export const date = (iso: string) =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' }).format(new Date(iso));

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** `12 minutes ago` for the last week, the date before that. */
export function ago(iso: string, now = Date.now()): string {
  const seconds = Math.round((new Date(iso).getTime() - now) / 1_000);
  if (Math.abs(seconds) > 7 * 86_400) return date(iso);
  const text = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  for (const [unit, length] of STEPS) {
    if (Math.abs(seconds) >= length) return text.format(Math.round(seconds / length), unit);
  }
  return text.format(0, 'second');
}

export function fileSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${number(Math.round(bytes / 1_000))} kB`;
  return `${number(Math.round(bytes / 100_000) / 10)} MB`;
}
