import { LATER } from '../../../tools/messages';
import en from '../locales/en.json?language';
import sw from '../locales/sw.json?language';
import { codeOf, DEFAULT_LOCALE, inLanguage, LANGUAGES, localeOf } from '.';

test('languages are the catalogues there are, the first one first', () => {
  const codes = Object.keys(import.meta.glob('../locales/*.json')).map(codeOf);
  const others = codes.filter((code) => code !== DEFAULT_LOCALE);
  expect(Object.keys(LANGUAGES)).toEqual([DEFAULT_LOCALE, ...others]);
  expect(Object.values(LANGUAGES)).not.toContain('');
  expect(LANGUAGES).toMatchObject({ en: 'English', sw: 'Kiswahili' });
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

test('cart and checkout say nothing that comes with the pages of an account', () => {
  const sources = import.meta.glob<string>(
    ['../features/{cart,checkout}/**/*.{ts,tsx}', '../forms/**/*.{ts,tsx}', '!**/*.test.*'],
    { eager: true, import: 'default', query: '?raw' },
  );
  const nouns = LATER.get('account')?.replaceAll(' ', '|') ?? '';
  const word = new RegExp(`['"\`](${nouns})\\.[\\w$]+`);
  const told = Object.entries(sources).filter(([, text]) => word.test(text));
  const owners = told.map(([file]) => file).filter((file) => !file.includes('/confirmed/'));
  expect(told.length).toBeGreaterThan(0);
  expect(owners).toEqual([]);
});

test('counted things follow the rules of the language', () => {
  expect(en.t('listing.count', { count: 1 })).toBe('1 product');
  expect(en.t('listing.count', { count: 1200 })).toBe('1,200 products');
  expect(sw.t('listing.count', { count: 3 })).toBe('Bidhaa 3');
});
