import { Search } from 'lucide-react';
import { useT } from '../../i18n';

/** The search field of the header. */
export function SearchBox() {
  const t = useT();
  return (
    <form role="search" action="/search">
      <label className="flex h-10 items-center gap-2 rounded-full border border-line bg-surface px-4 text-muted">
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="sr-only">{t('search.label')}</span>
        <input
          name="q"
          type="search"
          placeholder={t('search.placeholder')}
          className="w-full bg-transparent text-sm text-ink outline-none placeholder:text-muted"
        />
      </label>
    </form>
  );
}
