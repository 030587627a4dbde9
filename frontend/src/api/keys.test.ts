import { createQueryClient } from './client';
import {
  categoriesShowCategoryQueryKey,
  categoriesTreeQueryKey,
  productsBrowseQueryKey,
  productsShowQueryKey,
  searchProductsQueryKey,
} from './gen/@tanstack/react-query.gen';
import { fill, queryKeyOf } from './keys';

test('the key of an operation is the one of the generated options', () => {
  const slug = { id_or_slug: 'mug' };
  const query = { region: 'reg_1' };
  expect(queryKeyOf('categories.tree')).toEqual(categoriesTreeQueryKey());
  expect(queryKeyOf('categories.show_category', { path: slug })).toEqual(
    categoriesShowCategoryQueryKey({ path: slug }),
  );
  expect(queryKeyOf('products.show', { path: slug, query })).toEqual(
    productsShowQueryKey({ path: slug, query }),
  );
  expect(queryKeyOf('products.browse', { query })).toEqual(productsBrowseQueryKey({ query }));
  expect(queryKeyOf('search.products', { query })).toEqual(searchProductsQueryKey({ query }));
});

test('what the server has read is found by the page, whatever the order of the parameters', () => {
  const queries = createQueryClient();
  fill(queries, [['products.browse', { query: { limit: 8, region: 'reg_1' } }, { items: [] }]]);
  const key = productsBrowseQueryKey({ query: { region: 'reg_1', limit: 8 } });
  expect(queries.getQueryData(key)).toEqual({ items: [] });
});
