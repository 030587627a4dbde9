import { create } from 'zustand';

/**
 * The modal dialogs that are open, the topmost last. The browser makes everything outside a modal
 * dialog inert: what has to be heard or pressed meanwhile must stand inside it.
 */
const useModals = create<{ open: HTMLElement[] }>(() => ({ open: [] }));

export function useTopModal(): HTMLElement | undefined {
  return useModals(({ open }) => open.at(-1));
}

export function modalOpened(dialog: HTMLElement): void {
  useModals.setState(({ open }) => ({ open: [...open, dialog] }));
}

export function modalClosed(dialog: HTMLElement): void {
  useModals.setState(({ open }) => ({ open: open.filter((each) => each !== dialog) }));
}
