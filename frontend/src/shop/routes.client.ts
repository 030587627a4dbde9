import type { PageName } from './paths';
import { chunk, type Page } from './route';

/** Pages as the browser loads them: each when it is first wanted. */
export const pages: Record<PageName, Page> = {
  home: chunk(() => import('./features/home/HomePage')),
  products: chunk(() => import('./features/catalog/ProductsPage')),
  category: chunk(() => import('./features/catalog/CategoryPage')),
  product: chunk(() => import('./features/catalog/ProductPage')),
  search: chunk(() => import('./features/search/SearchPage')),
  cart: chunk(() => import('./features/cart/CartPage')),
};
