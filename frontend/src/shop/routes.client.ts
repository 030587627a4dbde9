import type { PageName } from './paths';
import { loadAllWords } from './languages/lazy';
import { chunk, type Load, type Page } from './route';

/** A page that says more than the shop does at the door. */
function wordy(load: Load): Page {
  return chunk(async () => {
    const [page] = await Promise.all([load(), loadAllWords()]);
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
  paidElsewhere: wordy(() => import('./features/checkout/ReturnPage')),
  notPaid: wordy(() => import('./features/checkout/ReturnPage')),
  confirmed: wordy(() => import('./features/checkout/confirmed/ConfirmationPage')),
  login: wordy(() => import('./features/account/entering/LoginPage')),
  register: wordy(() => import('./features/account/entering/RegisterPage')),
  account: wordy(() => import('./features/account/OverviewPage')),
  accountOrders: wordy(() => import('./features/account/orders/OrdersPage')),
  accountOrder: wordy(() => import('./features/account/orders/OrderPage')),
  accountAddresses: wordy(() => import('./features/account/addresses/AddressesPage')),
  accountProfile: wordy(() => import('./features/account/profile/ProfilePage')),
  track: wordy(() => import('./features/tracking/TrackPage')),
  order: wordy(() => import('./features/tracking/GuestOrderPage')),
  offline: chunk(() => import('./layout/OfflinePage')),
};
