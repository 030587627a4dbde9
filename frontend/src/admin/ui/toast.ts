import { create } from 'zustand';

export interface ToastItem {
  id: number;
  tone: 'plain' | 'success' | 'error';
  text: string;
  description: string | undefined;
  action: { label: string; onClick: () => void } | undefined;
}

type More = Partial<Pick<ToastItem, 'description' | 'action'>>;

const STAYS = { plain: 8_000, success: 4_000, error: 12_000 }; // milliseconds
const STAYS_TO_ASK = 12_000; // milliseconds, to reach the button
const MOST = 4;

export const useToasts = create<{ toasts: ToastItem[] }>(() => ({ toasts: [] }));
let count = 0;

export function dismiss(id: number) {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}

function show(tone: ToastItem['tone'], text: string, { description, action }: More = {}) {
  count += 1;
  const toast = { id: count, tone, text, description, action };
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, toast].slice(-MOST) }));
  setTimeout(() => dismiss(toast.id), action ? STAYS_TO_ASK : STAYS[tone]);
}

/** Tell something in passing, at the edge of the window: `toast.success(t('form.saved'))`. */
export const toast = Object.assign((text: string, more?: More) => show('plain', text, more), {
  success: (text: string, more?: More) => show('success', text, more),
  error: (text: string, more?: More) => show('error', text, more),
});
