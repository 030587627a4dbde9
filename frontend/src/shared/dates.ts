import type { Formats } from './formats';

export type DateStyle = 'date' | 'dateLong' | 'time';

/**
 * A moment by the language's pattern. In UTC unless `local` is set, which only what is rendered in
 * the browser alone may do: the server does not know the visitor's time zone.
 */
export function formatDate(
  moment: string | Date,
  formats: Formats,
  style: DateStyle = 'date',
  local = false,
): string {
  const parts = partsOf(typeof moment === 'string' ? new Date(moment) : moment, local);
  return formats[style].replace(/'([^']*)'|([a-zA-Z])\2*/g, (field, quoted: string | undefined) =>
    quoted === undefined ? part(field, parts, formats) : quoted,
  );
}

/** `Nov 21, 2026, 2:48 PM` */
export function formatDateTime(moment: string | Date, formats: Formats, local = false): string {
  return `${formatDate(moment, formats, 'date', local)}, ${formatDate(moment, formats, 'time', local)}`;
}

/** A day that many days after `from`, short: `Tue, Nov 24`. For delivery estimates. */
export function formatDayAfter(from: Date, days: number, formats: Formats): string {
  const { year, month, day } = partsOf(new Date(from.getTime() + days * 86_400_000), false);
  const weekday = new Date(Date.UTC(year, month, day)).getUTCDay();
  const monthFirst = formats.date.search(/M/) < formats.date.search(/d/);
  const name = formats.monthsShort[month] ?? '';
  return `${formats.daysShort[weekday]}, ${monthFirst ? `${name} ${day}` : `${day} ${name}`}`;
}

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

function partsOf(moment: Date, local: boolean): Parts {
  const shifted = local ? new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000) : moment;
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth(),
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
  };
}

function part(field: string, parts: Parts, formats: Formats): string {
  const padded = (value: number) => String(value).padStart(field.length, '0');
  switch (field[0]) {
    case 'y':
      return String(parts.year);
    case 'M':
      if (field.length >= 4) return formats.months[parts.month] ?? '';
      if (field.length === 3) return formats.monthsShort[parts.month] ?? '';
      return padded(parts.month + 1);
    case 'd':
      return padded(parts.day);
    case 'H':
      return padded(parts.hour);
    case 'h':
      return padded(parts.hour % 12 || 12);
    case 'm':
      return padded(parts.minute);
    case 'a':
      return formats.periods[parts.hour < 12 ? 0 : 1] ?? '';
    default:
      return '';
  }
}
