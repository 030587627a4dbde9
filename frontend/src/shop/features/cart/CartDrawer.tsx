/** The cart beside the page. */
export function CartDrawer() {
  return null;
}
