import en from './formats/en.json';
import sw from './formats/sw.json';
import { formatMoney, formatNumber, toMinor } from './money';

const NBSP = '\u00a0';

test('amounts are grouped and have the decimals of their currency', () => {
  expect(formatMoney({ amount: 124550, currency: 'USD' }, en)).toBe('$1,245.50');
  expect(formatMoney({ amount: 980, currency: 'JPY' }, en)).toBe('¥980');
  expect(formatMoney({ amount: 1234567, currency: 'KWD' }, en)).toBe(`KWD${NBSP}1,234.567`);
  expect(formatMoney({ amount: 5, currency: 'EUR' }, en)).toBe('€0.05');
});

test('a symbol of letters keeps its distance, in the symbol of the language', () => {
  expect(formatMoney({ amount: 7000000, currency: 'TZS' }, en)).toBe(`TZS${NBSP}70,000.00`);
  expect(formatMoney({ amount: 7000000, currency: 'TZS' }, sw)).toBe(`TSh${NBSP}70,000.00`);
});

test('price tags leave out empty decimals only', () => {
  expect(formatMoney({ amount: 2400, currency: 'USD' }, en, { short: true })).toBe('$24');
  expect(formatMoney({ amount: 2450, currency: 'USD' }, en, { short: true })).toBe('$24.50');
});

test('money that is owed stands with its sign first', () => {
  expect(formatMoney({ amount: -1999, currency: 'USD' }, en)).toBe('-$19.99');
});

test('numbers are grouped', () => {
  expect(formatNumber(12845, en)).toBe('12,845');
});

test('typed amounts become minor units, and nonsense nothing', () => {
  expect(toMinor('12.5', 'USD')).toBe(1250);
  expect(toMinor('12,50', 'EUR')).toBe(1250);
  expect(toMinor('980', 'JPY')).toBe(980);
  expect(toMinor('0.29', 'USD')).toBe(29);
  expect(toMinor('', 'USD')).toBeUndefined();
  expect(toMinor('ten', 'USD')).toBeUndefined();
  expect(toMinor('-3', 'USD')).toBeUndefined();
});
