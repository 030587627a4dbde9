import type { PageName } from './paths';
import { loadWords, type Words } from './languages/lazy';
import { chunk, type Load, type Page } from './route';

/** A page that says more than the shop does at the door: what forms say, and perhaps `more`. */
function wordy(load: Load, ...more: Words[]): Page {
  return chunk(async () => {
    const [page] = await Promise.all([load(), loadWords(['paying', ...more])]);
    return page;
  });
}

/** Pages as the browser loads them: each when it is first wanted. */
export const pages: Record<PageName, Page> = {
  home: chunk(() => import('./features/home/HomePage')),
  products: chunk(() => import('./features/catalog/ProductsPage')),
  category: chunk(() => import('./features/catalog/CategoryPage')),
  product: chunk(() => import('./features/catalog/ProductPage')),
  search: chunk(() => import('./features/search/SearchPage')),
  cart: wordy(() => import('./features/cart/CartPage')),
  checkout: wordy(() => import('./features/checkout/CheckoutPage')),
  paidElsewhere: wordy(() => import('./features/checkout/ReturnPage'), 'account'),
  notPaid: wordy(() => import('./features/checkout/ReturnPage'), 'account'),
  confirmed: wordy(() => import('./features/checkout/confirmed/ConfirmationPage'), 'account'),
  login: wordy(() => import('./features/account/entering/LoginPage'), 'account'),
  register: wordy(() => import('./features/account/entering/RegisterPage'), 'account'),
  account: wordy(() => import('./features/account/OverviewPage'), 'account'),
  accountOrders: wordy(() => import('./features/account/orders/OrdersPage'), 'account'),
  accountOrder: wordy(() => import('./features/account/orders/OrderPage'), 'account'),
  accountAddresses: wordy(() => import('./features/account/addresses/AddressesPage'), 'account'),
  accountProfile: wordy(() => import('./features/account/profile/ProfilePage'), 'account'),
  track: wordy(() => import('./features/tracking/TrackPage'), 'account'),
  order: wordy(() => import('./features/tracking/GuestOrderPage'), 'account'),
  offline: chunk(() => import('./layout/OfflinePage')),
};

/** What comes after the page; here, because the addresses of chunks stand here already. */
export const later = () => import('./later');
