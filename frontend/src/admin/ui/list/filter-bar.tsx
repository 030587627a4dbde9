import { useEffect, useRef, useState } from 'react';
import { Search, X } from 'lucide-react';
import { useT } from '@/admin/i18n';
import { Button } from '../button';
import type { Filter } from './types';
import type { ListState } from './use-list';

const WAIT = 250; // milliseconds after the last key

/** The search box: what is typed goes into the URL a moment later. */
export function SearchBox({ list, label }: { list: ListState; label: string }) {
  const [text, setText] = useState(list.q ?? '');
  const sent = useRef(list.q ?? '');
  const { q, set } = list;
  useEffect(() => {
    // The URL changed by other means: a view, Back, a link.
    if ((q ?? '') === sent.current) return;
    sent.current = q ?? '';
    setText(q ?? '');
  }, [q]);
  useEffect(() => {
    if (text === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = text;
      set({ q: text || undefined });
    }, WAIT);
    return () => clearTimeout(timer);
  }, [text, set]);
  return (
    <div className="relative min-w-32 flex-1 md:max-w-72">
      <Search aria-hidden className="absolute top-2 left-2.5 size-4 text-muted" />
      <input
        type="search"
        data-search
        aria-label={label}
        placeholder={label}
        value={text}
        maxLength={255}
        onChange={(event) => setText(event.target.value)}
        className="control h-8 min-h-8 py-0 pl-8 text-[13px]"
      />
    </div>
  );
}

function shown(filter: Filter, value: string): string {
  if (filter.kind !== 'choice') return value;
  // Without the indent that shows the choice's place in a tree.
  return filter.choices.find((choice) => choice.value === value)?.label.trim() ?? value;
}

/** What is filtered by, each with a way to drop it. */
export function FilterChips({ list }: { list: ListState }) {
  const t = useT();
  const active = list.filters.filter((filter) => list.value(filter.id));
  if (active.length === 0) return null;
  const none = Object.fromEntries(list.filters.map((filter) => [filter.id, undefined]));
  return (
    <ul
      aria-label={t('filter.active')}
      className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2"
    >
      {active.map((filter) => (
        <li
          key={filter.id}
          className="flex h-7 items-center gap-1 rounded-full border border-line bg-tile pl-3 text-[13px]"
        >
          <span className="text-muted">{filter.label}:</span>
          {shown(filter, list.value(filter.id) ?? '')}
          <button
            type="button"
            aria-label={t('filter.remove', { name: filter.label })}
            onClick={() => list.set({ [filter.id]: undefined })}
            className="grid size-7 place-items-center rounded-full hover:bg-ink/8"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </li>
      ))}
      <li>
        <Button look="link" onClick={() => list.set(none)}>
          {t('filter.clear')}
        </Button>
      </li>
    </ul>
  );
}
