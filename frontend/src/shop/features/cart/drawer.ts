import { create } from 'zustand';

/** Whether the cart is shown beside the page. */
export const useDrawer = create<{ open: boolean }>(() => ({ open: false }));

export function openCart(): void {
  useDrawer.setState({ open: true });
}

export function closeCart(): void {
  useDrawer.setState({ open: false });
}
