/** Where a SKU's stock is told of. SKUs may hold anything, also slashes. */
export const skuPath = (sku: string) => `/inventory/skus/${encodeURIComponent(sku)}`;

export const reservationsOf = (sku: string) =>
  `/inventory/reservations?sku=${encodeURIComponent(sku)}`;
