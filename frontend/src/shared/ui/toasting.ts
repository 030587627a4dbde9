import { create } from 'zustand';

export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'problem';
  action?: { label: string; run: () => void };
}

interface Toasts {
  toasts: Toast[];
  /** Read out by screen readers and shown nowhere. */
  said: string;
}

export const useToasts = create<Toasts>(() => ({ toasts: [], said: '' }));

const SECONDS = 6;
let last = 0;

/** A short message at the bottom that goes away by itself, and is read out. */
export function toast(text: string, more: Partial<Pick<Toast, 'tone' | 'action'>> = {}): void {
  const id = (last += 1);
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.slice(-2), { id, text, tone: 'plain', ...more }],
  }));
  setTimeout(() => dismiss(id), SECONDS * 1000);
}

export function dismiss(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((each) => each.id !== id) }));
}

/** Says something to screen readers. Twice the same is said twice: the text then differs by a space. */
export function announce(text: string): void {
  const { said } = useToasts.getState();
  const words = said === text ? `${text}\u00a0` : text;
  useToasts.setState({ said: words });
  // Else a dialog that opens much later would say it again.
  setTimeout(() => {
    if (useToasts.getState().said === words) useToasts.setState({ said: '' });
  }, SECONDS * 1000);
}
