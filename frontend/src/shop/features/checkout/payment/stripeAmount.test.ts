import { stripeAmount } from './stripeAmount';

test.each([
  ['TZS', 7000000, 7000000],
  ['JPY', 1200, 1200],
  ['KWD', 12340, 12340],
  ['UGX', 5000, 500000],
  ['ISK', 990, 99000],
  ['MGA', 150000, 1500],
])('%s is asked for as the server asks for it', (currency, ours, theirs) => {
  expect(stripeAmount({ amount: ours, currency })).toBe(theirs);
});
