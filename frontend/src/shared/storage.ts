/** Local storage that may be full, forbidden or absent: it forgets then, and never throws. */
export const storage = {
  get<T>(key: string): T | undefined {
    try {
      const text = localStorage.getItem(key);
      return text === null ? undefined : (JSON.parse(text) as T);
    } catch {
      return undefined;
    }
  },

  set(key: string, value: unknown): void {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      // Private windows and full disks: the visit goes on without memory.
    }
  },

  remove(key: string): void {
    try {
      localStorage.removeItem(key);
    } catch {
      // As above.
    }
  },
};

/** Every key that the shop and the admin keep, so that no two parts use the same. */
export const keys = {
  attempt: 'sokoni.attempt',
  cart: 'sokoni.cart',
  orders: 'sokoni.orders',
  paying: 'sokoni.paying',
  recentlyViewed: 'sokoni.viewed',
  recentSearches: 'sokoni.searches',
  session: 'sokoni.session',
  theme: 'sokoni.theme',
} as const;
