import { Keyboard, LogOut } from 'lucide-react';
import { setLocale, useT } from '@/admin/i18n';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '@/admin/ui';
import { useSession } from '@/shared/session';
import { languageName, LOCALES } from './languages';
import { setTheme, usePreferences } from './preferences';
import type { Theme } from './preferences';
import { leave } from './sign-out';

function initials(text: string): string {
  const words = text.split(/[\s.@_-]+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
}

export function UserMenu({ onHelp }: { onHelp: () => void }) {
  const t = useT();
  const { user } = useSession();
  const { theme, locale } = usePreferences();
  const name = user?.name ?? user?.email ?? '';
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={t('user.menu', { name })}
          className="grid size-8 place-items-center rounded-full bg-brand text-xs font-semibold text-brand-ink"
        >
          {initials(name)}
        </button>
      }
    >
      <MenuLabel>
        <span className="block text-sm font-medium text-ink">{user?.name}</span>
        {user?.email}
      </MenuLabel>
      <MenuSeparator />
      <MenuChoice
        label={t('shell.theme')}
        value={theme}
        onChange={(value) => setTheme(value as Theme)}
        choices={[
          { value: 'light', label: t('theme.light') },
          { value: 'dark', label: t('theme.dark') },
          { value: 'system', label: t('theme.system') },
        ]}
      />
      <MenuSeparator />
      <MenuChoice
        label={t('shell.language')}
        value={locale}
        onChange={(code) => void setLocale(code)}
        choices={LOCALES.map((code) => ({ value: code, label: languageName(code) }))}
      />
      <MenuSeparator />
      <MenuItem icon={<Keyboard aria-hidden />} onSelect={onHelp}>
        {t('help.title')}
      </MenuItem>
      <MenuItem icon={<LogOut aria-hidden />} onSelect={() => void leave()}>
        {t('user.sign_out')}
      </MenuItem>
    </Menu>
  );
}
