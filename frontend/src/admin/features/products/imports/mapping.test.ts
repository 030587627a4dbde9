import { doubled, guessed, missing, targets, toSend } from './mapping';

const column = (name: string, meaning: string | null = null) => ({ name, meaning, examples: [] });

test('columns that the API does not know are guessed by what others call them', () => {
  const columns = [column('Slug'), column('Product name'), column('EAN'), column('Mood')];
  expect(guessed(columns)).toEqual({
    Slug: 'Handle',
    'Product name': 'Title',
    EAN: 'Variant Barcode',
    Mood: '',
  });
});

test('a guess never takes the place of a column that is known, or of another guess', () => {
  const columns = [column('Title', 'Title'), column('Name'), column('Stock'), column('Qty')];
  expect(guessed(columns)).toEqual({
    Title: 'Title',
    Name: '',
    Stock: 'Variant Inventory Qty',
    Qty: '',
  });
});

test('only what differs from the API’s own reading is sent; leaving out is said as well', () => {
  const columns = [column('Handle', 'Handle'), column('Vendor', 'Vendor'), column('Name')];
  expect(toSend(columns, { Handle: 'Handle', Vendor: '', Name: 'Title' })).toEqual({
    Vendor: '',
    Name: 'Title',
  });
});

test('of columns that are the same the later ones are told, and what is lacking', () => {
  const columns = [column('A'), column('B'), column('C')];
  expect([...doubled(columns, { A: 'Title', B: 'Title', C: '' })]).toEqual(['B']);
  expect(missing({ A: 'Title' })).toEqual(['Handle']);
  expect(missing({ A: 'Title', B: 'Handle' })).toEqual([]);
});

test('prices in each currency and stock at each location are possible too', () => {
  expect(targets(['Handle'], ['EUR'], ['Dar'])).toEqual([
    'Handle',
    'Price / EUR',
    'Compare At Price / EUR',
    'Stock / Dar',
  ]);
});
