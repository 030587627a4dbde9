import { create } from 'zustand';

/** A list as somebody likes to see it: filters, order and columns, under a name. */
export interface SavedView {
  id: string;
  name: string;
  search: string;
  hidden: string[];
}

interface Memory {
  views: Record<string, SavedView[]>;
  hidden: Record<string, string[]>;
}

const KEY = 'sokoni.admin.lists';

function remembered(): Memory {
  try {
    return { views: {}, hidden: {}, ...JSON.parse(window.localStorage.getItem(KEY) ?? '{}') };
  } catch {
    return { views: {}, hidden: {} };
  }
}

const useMemory = create<Memory>(remembered);
useMemory.subscribe((memory) => window.localStorage.setItem(KEY, JSON.stringify(memory)));

const NONE: SavedView[] = [];
export const useSavedViews = (list: string) => useMemory((memory) => memory.views[list] ?? NONE);

/** The columns hidden in this list; undefined while nobody has chosen. */
export const useHiddenColumns = (list: string) => useMemory((memory) => memory.hidden[list]);

export function hideColumns(list: string, hidden: string[]) {
  useMemory.setState((memory) => ({ hidden: { ...memory.hidden, [list]: hidden } }));
}

export function keepView(list: string, view: Omit<SavedView, 'id'>) {
  const kept = { ...view, id: crypto.randomUUID() };
  useMemory.setState((memory) => ({
    views: { ...memory.views, [list]: [...(memory.views[list] ?? []), kept] },
  }));
}

export function forgetView(list: string, id: string) {
  useMemory.setState((memory) => ({
    views: {
      ...memory.views,
      [list]: (memory.views[list] ?? []).filter((view) => view.id !== id),
    },
  }));
}
