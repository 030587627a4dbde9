import { matchPath } from 'react-router';

/**
 * Every page with its path. A further page takes a line here, one in routes.client.ts (its chunk)
 * and one in routes.server.ts (the page, or `inBrowser`).
 */
export const paths = {
  home: '/',
  products: '/products',
  category: '/c/:slug',
  product: '/products/:slug',
  search: '/search',
  cart: '/cart',
  checkout: '/checkout',
  paidElsewhere: '/checkout/success',
  notPaid: '/checkout/cancelled',
  confirmed: '/orders/:id/confirmed',
  login: '/login',
  register: '/register',
  account: '/account',
  accountOrders: '/account/orders',
  accountOrder: '/account/orders/:id',
  accountAddresses: '/account/addresses',
  accountProfile: '/account/profile',
  track: '/track',
  order: '/orders/:id',
  offline: '/offline',
} as const;

export type PageName = keyof typeof paths;

/** The page that a path (without the language's prefix) leads to. */
export function pageAt(pathname: string): PageName | undefined {
  const names = Object.keys(paths) as PageName[];
  return names.find((name) => matchPath(paths[name], pathname));
}
