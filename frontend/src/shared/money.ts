import { decimalsOf, type Formats } from './formats';

/** Minor units by the currency's ISO 4217 exponent, as the API writes money. */
export interface Money {
  amount: number;
  currency: string;
}

export interface MoneyStyle {
  /** `24` instead of `24.00` for whole amounts, as on a price tag. Totals keep their decimals. */
  short?: boolean;
}

/** `{amount: 124550, currency: 'USD'}` → `$1,245.50` in English. */
export function formatMoney(money: Money, formats: Formats, { short = false }: MoneyStyle = {}) {
  const places = decimalsOf(money.currency);
  const digits = String(Math.abs(money.amount)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, formats.group);
  const drop = places === 0 || (short && /^0+$/.test(fraction));
  const number = drop ? grouped : grouped + formats.decimal + fraction;
  const symbol = formats.symbols[money.currency] ?? money.currency;
  const sign = money.amount < 0 ? '-' : '';
  return sign + placeSymbol(formats.money, symbol, number);
}

/** A whole number with the language's thousands: `1,284`. */
export function formatNumber(value: number, formats: Formats): string {
  return String(Math.trunc(value)).replace(/\B(?=(\d{3})+$)/g, formats.group);
}

/** Minor units for a field in which a person types major ones: 124550 → `1245.5`. */
export function toMajor(amount: number, currency: string): number {
  return amount / 10 ** decimalsOf(currency);
}

/** What a person typed, in minor units; undefined if it is no amount. */
export function toMinor(major: string, currency: string): number | undefined {
  const value = Number(major.trim().replace(',', '.'));
  if (major.trim() === '' || !Number.isFinite(value) || value < 0) return undefined;
  return Math.round(value * 10 ** decimalsOf(currency));
}

export function sameMoney(one: Money, other: Money): boolean {
  return one.amount === other.amount && one.currency === other.currency;
}

/** `¤#,##0.00` and `#,##0.00 ¤`: CLDR separates symbols of letters by a no-break space. */
function placeSymbol(pattern: string, symbol: string, number: string): string {
  const before = pattern.startsWith('¤');
  const spaced = /[\s\u00a0]/.test(pattern);
  const touching = before ? symbol.at(-1) : symbol[0];
  const gap = spaced || /\p{L}/u.test(touching ?? '') ? '\u00a0' : '';
  return before ? symbol + gap + number : number + gap + symbol;
}
