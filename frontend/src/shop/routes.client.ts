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
  checkout: chunk(() => import('./features/checkout/CheckoutPage')),
  paidElsewhere: chunk(() => import('./features/checkout/ReturnPage')),
  notPaid: chunk(() => import('./features/checkout/ReturnPage')),
  confirmed: chunk(() => import('./features/checkout/confirmed/ConfirmationPage')),
  login: chunk(() => import('./features/account/entering/LoginPage')),
  register: chunk(() => import('./features/account/entering/RegisterPage')),
  account: chunk(() => import('./features/account/OverviewPage')),
  accountOrders: chunk(() => import('./features/account/orders/OrdersPage')),
  accountOrder: chunk(() => import('./features/account/orders/OrderPage')),
  accountAddresses: chunk(() => import('./features/account/addresses/AddressesPage')),
  accountProfile: chunk(() => import('./features/account/profile/ProfilePage')),
  track: chunk(() => import('./features/tracking/TrackPage')),
  order: chunk(() => import('./features/tracking/GuestOrderPage')),
  offline: chunk(() => import('./layout/OfflinePage')),
};
