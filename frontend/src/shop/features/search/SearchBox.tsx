import { Search, X } from 'lucide-react';
import {
  lazy,
  Suspense,
  useEffect,
  useId,
  useRef,
  useState,
  type FormEvent,
  type KeyboardEvent,
} from 'react';
import { useNavigate } from 'react-router';
import { cx } from '@/shared/cx';
import { useShopLanguage } from '../../i18n';
import { prefixOf } from '../../languages';
import { recentSearches, rememberSearch } from './recentSearches';
import { searchPath, useSuggestions, wordSuggestion, type Suggestion } from './useSuggestions';

const SuggestionList = lazy(() => import('./SuggestionList'));

interface Props {
  /** The words of the page, when it is the search page's own field. */
  initial?: string;
  big?: boolean;
}

/**
 * A search field with suggestions: a combobox by the ARIA pattern. Arrows walk through the list,
 * Enter follows, Escape closes. Without a script it is a plain form.
 */
export function SearchBox({ initial = '', big = false }: Props) {
  const { t, locale } = useShopLanguage();
  const navigate = useNavigate();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(initial);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const [recent, setRecent] = useState<string[]>([]);
  // Whoever opens an empty search page is about to type.
  const waits = big && initial === '';
  useEffect(() => {
    if (waits) field.current?.focus();
  }, [waits]);
  const suggested = useSuggestions(open ? text : '');
  const items =
    text.trim() === '' ? recent.map((word) => wordSuggestion(word, 'recent')) : suggested;
  const shown = open && items.length > 0;
  const chosen = shown ? items[at] : undefined;

  const close = () => {
    setOpen(false);
    setAt(-1);
  };
  const follow = ({ kind, label, to }: Suggestion) => {
    if (kind === 'recent' || kind === 'word') {
      rememberSearch(label);
      setText(label);
    } else if (!big) setText('');
    close();
    field.current?.blur();
    void navigate(to);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen) return follow(chosen);
    const words = text.trim();
    if (words === '') return field.current?.focus();
    rememberSearch(words);
    close();
    field.current?.blur();
    return void navigate(searchPath(words));
  };
  const byKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return close();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || items.length === 0) return undefined;
    event.preventDefault();
    setOpen(true);
    // One more place than there are items: back in the field itself.
    return setAt(((at + 1 + step + items.length + 1) % (items.length + 1)) - 1);
  };

  return (
    <search className="relative block">
      <form action={`${prefixOf(locale)}/search`} onSubmit={submit}>
        <div
          className={cx(
            'flex items-center gap-2 rounded-full border border-field bg-surface pl-4 text-muted focus-within:border-brand focus-within:ring-1 focus-within:ring-brand',
            big ? 'h-13' : 'h-10',
          )}
        >
          <Search aria-hidden className="size-4 shrink-0" />
          <input
            ref={field}
            name="q"
            type="search"
            role="combobox"
            autoComplete="off"
            aria-label={t('search.label')}
            aria-expanded={shown}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={chosen ? `${id}-${at}` : undefined}
            placeholder={t('search.placeholder')}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setOpen(true);
              setAt(-1);
            }}
            onFocus={() => {
              setRecent(recentSearches());
              setOpen(true);
            }}
            onBlur={close}
            onKeyDown={byKey}
            className={cx(
              'h-full w-full min-w-0 bg-transparent text-ink outline-none placeholder:text-muted',
              big ? 'text-base' : 'text-base md:text-sm',
            )}
          />
          {text !== '' && (
            <button
              type="button"
              aria-label={t('search.clear')}
              className="grid size-9 shrink-0 place-items-center"
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                setText('');
                field.current?.focus();
              }}
            >
              <X aria-hidden className="size-4" />
            </button>
          )}
        </div>
      </form>
      {shown && (
        <Suspense>
          <SuggestionList
            id={id}
            items={items}
            at={at}
            onFollow={follow}
            onForget={() => setRecent([])}
          />
        </Suspense>
      )}
    </search>
  );
}
