import { formatDate, formatDateTime, formatDayAfter } from './dates';
import en from './formats/en.json';
import sw from './formats/sw.json';

const MOMENT = '2026-11-21T14:05:00Z';

test('a date is written in the order of its language', () => {
  expect(formatDate(MOMENT, en)).toBe('Nov 21, 2026');
  expect(formatDate(MOMENT, en, 'dateLong')).toBe('November 21, 2026');
  expect(formatDate(MOMENT, sw)).toBe('21 Nov 2026');
});

test('midnight and noon are twelve, not zero', () => {
  expect(formatDate('2026-11-21T00:07:00Z', en, 'time')).toBe('12:07 AM');
  expect(formatDate('2026-11-21T12:07:00Z', en, 'time')).toBe('12:07 PM');
  expect(formatDateTime(MOMENT, en)).toBe('Nov 21, 2026, 2:05 PM');
});

test('delivery days go over the end of a month', () => {
  expect(formatDayAfter(new Date('2026-11-28T23:00:00Z'), 3, en)).toBe('Tue, Dec 1');
});
