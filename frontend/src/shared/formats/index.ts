import digits from './digits.json';
import type en from './en.json';

/**
 * How a language writes money and dates: CLDR's patterns, made by tools/formats.py. Rendered text
 * is formatted with these and never with `Intl`, so that server and browser agree to the letter.
 */
export type Formats = Omit<typeof en, 'symbols'> & { symbols: Record<string, string> };

const exceptions: Record<string, number> = digits;

/** The number of decimals of a currency by ISO 4217: 2 for TZS, 0 for JPY, 3 for KWD. */
export function decimalsOf(currency: string): number {
  return exceptions[currency] ?? 2;
}
