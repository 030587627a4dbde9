import { Moon, Sun } from 'lucide-react';
import { setTheme, useTheme } from '@/shared/theme';
import { useT } from '../i18n';

export function ThemeButton() {
  const t = useT();
  const theme = useTheme();
  return (
    <button
      type="button"
      className="icon-btn"
      aria-label={t('header.dark')}
      aria-pressed={theme === 'dark'}
      onClick={() => setTheme(theme === 'dark' ? 'light' : 'dark')}
    >
      <Moon aria-hidden className="size-5 dark:hidden" />
      <Sun aria-hidden className="hidden size-5 dark:block" />
    </button>
  );
}
