import type { Language } from '@/shared/i18n';

/** Catalogues as the browser loads them: only the one of the page. */
export const languages: Record<string, () => Promise<{ default: Language }>> = {
  en: () => import('./en'),
  sw: () => import('./sw'),
};
