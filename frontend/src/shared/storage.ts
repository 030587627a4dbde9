/** What remembers: it may be full, forbidden or absent, forgets then, and never throws. */
function remembering(where: () => Storage) {
  return {
    get<T>(key: string): T | undefined {
      try {
        const text = where().getItem(key);
        return text === null ? undefined : (JSON.parse(text) as T);
      } catch {
        return undefined;
      }
    },

    set(key: string, value: unknown): void {
      try {
        where().setItem(key, JSON.stringify(value));
      } catch {
        // Private windows and full disks: the visit goes on without memory.
      }
    },

    remove(key: string): void {
      try {
        where().removeItem(key);
      } catch {
        // As above.
      }
    },
  };
}

/** Until it is cleared. */
export const storage = remembering(() => localStorage);

/** As long as the tab is open. */
export const tabStorage = remembering(() => sessionStorage);

/** Every key that the shop and the admin keep, so that no two parts use the same. */
export const keys = {
  attempt: 'sokoni.attempt',
  cart: 'sokoni.cart',
  orders: 'sokoni.orders',
  paying: 'sokoni.paying',
  addressBegun: 'sokoni.addressBegun',
  recentlyViewed: 'sokoni.viewed',
  recentSearches: 'sokoni.searches',
  session: 'sokoni.session',
  theme: 'sokoni.theme',
} as const;
