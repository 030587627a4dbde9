import { active, changed, cleared, hrefOf, listingQuery, toggled, without } from './filters';

const market = { region: 'reg_1' };
const address = (text: string) => new URLSearchParams(text);

test('the address becomes the parameters of the search', () => {
  const text =
    'q=mug&brand=kilima&brand=weft&price_min=100&price_max=900&in_stock=true&sort=-price' +
    '&attr[color]=oak&attr[color]=ink&attr[size]=30+cm&cursor=abc';
  expect(listingQuery(address(text), { market })).toEqual({
    limit: 24,
    with_total: true,
    region: 'reg_1',
    q: 'mug',
    brand: ['kilima', 'weft'],
    price_min: 100,
    price_max: 900,
    in_stock: true,
    sort: '-price',
    attr: { color: ['oak', 'ink'], size: '30 cm' },
    cursor: 'abc',
  });
});

test('what is not understood is left out', () => {
  const text = 'price_min=cheap&in_stock=yes&sort=random&attr[]=x&utm_source=mail';
  expect(listingQuery(address(text), { market })).toEqual({
    limit: 24,
    with_total: true,
    region: 'reg_1',
  });
});

test('the category of the path goes before that of the query', () => {
  const query = listingQuery(address('category=bath'), { market, category: 'kitchen' });
  expect(query.category).toBe('kitchen');
});

test('values of a brand or an attribute add up, and another list begins at its first page', () => {
  const one = toggled(address('cursor=abc&brand=kilima'), 'brand', 'weft');
  expect(one.getAll('brand')).toEqual(['kilima', 'weft']);
  expect(one.has('cursor')).toBe(false);
  expect(toggled(one, 'brand', 'kilima').getAll('brand')).toEqual(['weft']);
});

test('of single values the new one replaces the old', () => {
  expect(toggled(address('category=bath'), 'category', 'desk').getAll('category')).toEqual([
    'desk',
  ]);
});

test('a price range is one filter, and is taken off as one', () => {
  const text = address('price_min=100&price_max=900&on_sale=true');
  expect(active(text)).toEqual([
    { name: 'on_sale', value: 'true' },
    { name: 'price', value: '100-900' },
  ]);
  expect(hrefOf(without(text, { name: 'price', value: '100-900' }))).toBe('?on_sale=true');
});

test('clearing keeps what was searched for and the order', () => {
  const text = address('q=mug&sort=price&brand=kilima&attr[color]=oak');
  expect(hrefOf(cleared(text))).toBe('?q=mug&sort=price');
  expect(hrefOf(cleared(address('brand=kilima')))).toBe('?');
});

test('an empty value is no parameter', () => {
  expect(hrefOf(changed(address('sort=price'), { sort: undefined }))).toBe('?');
});
