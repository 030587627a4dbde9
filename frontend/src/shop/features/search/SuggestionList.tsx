import { Clock, LayoutGrid, Search } from 'lucide-react';
import { cx } from '@/shared/cx';
import { useShopLanguage } from '../../i18n';
import { forgetSearches } from './recentSearches';
import type { Suggestion } from './useSuggestions';

interface Props {
  id: string;
  items: Suggestion[];
  at: number;
  onFollow: (item: Suggestion) => void;
  onForget: () => void;
}

const ICONS = { recent: Clock, word: Search, category: LayoutGrid, product: Search };

/** The list of the combobox. The focus stays in the field, so a press must not take it away. */
export default function SuggestionList({ id, items, at, onFollow, onForget }: Props) {
  const { t } = useShopLanguage();
  const recent = items[0]?.kind === 'recent';
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      onMouseDown={(event) => event.preventDefault()}
      className="absolute top-full right-0 z-40 mt-2 max-h-[70vh] w-full overflow-y-auto rounded-tile border border-line bg-surface p-2 sm:min-w-80"
    >
      {recent && (
        <div className="flex items-center justify-between px-3 py-1">
          <p className="text-sm font-semibold">{t('search.recent')}</p>
          <button
            type="button"
            className="link min-h-8 text-[13px] text-muted"
            onClick={() => {
              forgetSearches();
              onForget();
            }}
          >
            {t('search.forget')}
          </button>
        </div>
      )}
      <div id={`${id}-list`} role="listbox" aria-label={t('search.suggestions')}>
        {items.map((item, index) => {
          const Icon = ICONS[item.kind];
          return (
            // Reached by the arrow keys from the field, as the pattern wants it.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={item.key}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              onClick={() => onFollow(item)}
              className={cx(
                'flex min-h-11 cursor-pointer items-center gap-3 rounded-lg px-3 py-1.5 text-ink hover:bg-tile',
                index === at && 'bg-tile',
              )}
            >
              {item.image ? (
                <img
                  src={item.image}
                  alt=""
                  width={40}
                  height={50}
                  className="h-[50px] w-10 rounded bg-tile object-cover"
                />
              ) : (
                <Icon aria-hidden className="size-4 shrink-0 text-muted" />
              )}
              <span className="min-w-0 flex-1 truncate">{item.label}</span>
              {item.kind === 'category' && (
                <span className="text-[13px] text-muted">{t('filter.category')}</span>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
