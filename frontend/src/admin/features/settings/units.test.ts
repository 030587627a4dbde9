import { basisPoints, percentText } from './units';

test.each([
  ['18', 1800, '18'],
  ['8.25', 825, '8.25'],
  ['7,5', 750, '7.5'],
  ['0', 0, '0'],
  ['0.05', 5, '0.05'],
  ['19 %', 1900, '19'],
  ['100', 10_000, '100'],
])('%s percent are %i basis points, shown as %s', (text, points, shown) => {
  expect(basisPoints(text)).toBe(points);
  expect(percentText(points)).toBe(shown);
});

test.each(['', 'none', '-1', '100.01', '8.255', '1e1'])('"%s" is no rate', (text) => {
  expect(basisPoints(text)).toBeNull();
});
