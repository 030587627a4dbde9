import CategoryPage from './features/catalog/CategoryPage';
import ProductsPage from './features/catalog/ProductsPage';
import HomePage from './features/home/HomePage';
import ProductPage from './features/catalog/ProductPage';
import SearchPage from './features/search/SearchPage';
import OfflinePage from './layout/OfflinePage';
import Shell from './layout/Shell';
import type { PageName } from './paths';
import { bundled, type Page } from './route';

// Of one person: the browser takes all of it away when it draws the page.
const inBrowser = bundled(Shell);

/** Pages as the server renders them; those of a person alone are `inBrowser`. */
export const pages: Record<PageName, Page> = {
  home: bundled(HomePage),
  products: bundled(ProductsPage),
  category: bundled(CategoryPage),
  product: bundled(ProductPage),
  search: bundled(SearchPage),
  cart: inBrowser,
  checkout: inBrowser,
  paidElsewhere: inBrowser,
  notPaid: inBrowser,
  confirmed: inBrowser,
  login: inBrowser,
  register: inBrowser,
  account: inBrowser,
  accountOrders: inBrowser,
  accountOrder: inBrowser,
  accountAddresses: inBrowser,
  accountProfile: inBrowser,
  track: inBrowser,
  order: inBrowser,
  offline: bundled(OfflinePage),
};
