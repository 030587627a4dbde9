import type { ComponentType, ReactNode } from 'react';
import type { LucideIcon } from 'lucide-react';
import type { Permission } from '@/api/gen/types.gen';
import type { MessageKey } from '@/admin/i18n';

/** A page: where it is, who may see it, and the module it is in (loaded when it is opened). */
export interface PageRoute {
  /** Below `/admin`, without a slash at the start; `''` is the home page. */
  path: string;
  permission?: Permission;
  page: () => Promise<{ default: ComponentType }>;
}

/** A line of the sidebar. */
export interface NavEntry {
  to: string;
  label: MessageKey;
  icon: LucideIcon;
  permission?: Permission;
  /** Which block of the sidebar: the daily work, what there is to sell, or what is set up once. */
  group: 'work' | 'catalog' | 'operations' | 'settings';
  order: number;
  /** How many things wait there; asked for once a minute. */
  count?: () => Promise<number>;
  /** Words by which the command palette finds it too. */
  keywords?: string;
}

/** Something the command palette found. */
export interface PaletteHit {
  id: string;
  label: string;
  hint?: string;
  to: string;
  icon?: ReactNode;
}

/** A kind of thing that the command palette searches, such as products. */
export interface PaletteSource {
  heading: MessageKey;
  permission?: Permission;
  search: (words: string, signal: AbortSignal) => Promise<PaletteHit[]>;
}

/** Something to do from anywhere, offered by the command palette: "Add product". */
export interface PaletteAction {
  label: MessageKey;
  to: string;
  permission?: Permission;
  icon?: LucideIcon;
}

/**
 * Everything the shell has to know of a feature. Each `features/<name>/feature.ts` exports one as
 * `default`; nothing else has to be touched for a new page.
 */
export interface Feature {
  routes: PageRoute[];
  nav?: NavEntry[];
  palette?: PaletteSource[];
  actions?: PaletteAction[];
}

export const defineFeature = (feature: Feature): Feature => feature;
