/** What people type, as the API counts it. Each answers null for what cannot be read. */

/** `18` or `8.25` percent → basis points; at most 100 %, at most two decimals. */
export function basisPoints(text: string): number | null {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text.trim().replace(/\s*%$/, ''));
  if (!match) return null;
  const points = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return points <= 10_000 ? points : null;
}

/** 1800 → `18`, 825 → `8.25`, without the rounding of fractions. */
export function percentText(points: number): string {
  const fraction = String(points % 100).padStart(2, '0');
  return `${Math.floor(points / 100)}${fraction === '00' ? '' : `.${fraction.replace(/0$/, '')}`}`;
}

/** A whole number that is not negative; null for anything else. */
export function wholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}
