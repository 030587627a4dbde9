import en from '../locales/en.json?language';
import sw from '../locales/sw.json?language';
import { inLanguage, LANGUAGES, localeOf } from '.';

test('languages are the catalogues there are, the first one first', () => {
  expect(Object.entries(LANGUAGES)).toEqual([
    ['en', 'English'],
    ['sw', 'Kiswahili'],
  ]);
});

test('the language stands in the path, but for the first one', () => {
  expect(localeOf('/sw/products')).toBe('sw');
  expect(localeOf('/swim')).toBe('en');
  expect(localeOf('/')).toBe('en');
});

test('a page is at the same place in the other language', () => {
  expect(inLanguage('sw', '/products/mug')).toBe('/sw/products/mug');
  expect(inLanguage('en', '/sw/products/mug')).toBe('/products/mug');
  expect(inLanguage('en', '/sw')).toBe('/');
  expect(inLanguage('sw', '/')).toBe('/sw');
});

test('counted things follow the rules of the language', () => {
  expect(en.t('listing.count', { count: 1 })).toBe('1 product');
  expect(en.t('listing.count', { count: 1200 })).toBe('1,200 products');
  expect(sw.t('listing.count', { count: 3 })).toBe('Bidhaa 3');
});
