import { useT } from '@/admin/i18n';
import { languageName, LOCALES } from './languages';
import { usePreferences } from './preferences';

export function LanguageSwitch({ onChange }: { onChange: (locale: string) => void }) {
  const t = useT();
  const locale = usePreferences((state) => state.locale);
  return (
    <label className="flex items-center gap-2 text-[13px] text-muted">
      {t('shell.language')}
      <select
        className="control h-8 w-auto py-0 text-[13px]"
        value={locale}
        onChange={(event) => onChange(event.target.value)}
      >
        {LOCALES.map((code) => (
          <option key={code} value={code} lang={code}>
            {languageName(code)}
          </option>
        ))}
      </select>
    </label>
  );
}
