import { minorUnits } from './format';

test.each([
  ['19.99', 'EUR', 1999],
  ['1,234.50', 'EUR', 123450],
  ['1.234,50', 'EUR', 123450],
  ['€ 12', 'EUR', 1200],
  ['12,5', 'EUR', 1250],
  ['1,234', 'EUR', 123400],
  ['1.500', 'KWD', 1500],
  ['1200', 'JPY', 1200],
  ['1.234.567', 'EUR', 123456700],
])('%s %s is %i', (text, currency, amount) => {
  expect(minorUnits(text, currency)).toBe(amount);
});

test.each([
  ['', 'EUR'],
  ['free', 'EUR'],
  ['-5', 'EUR'],
  ['12.345,678', 'EUR'],
  ['12.5', 'JPY'],
])('"%s" %s is no amount', (text, currency) => {
  expect(minorUnits(text, currency)).toBeNull();
});
