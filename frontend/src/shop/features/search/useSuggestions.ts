import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Suggested } from '@/api/gen';
import { searchSuggestOptions } from '@/api/gen/@tanstack/react-query.gen';
import { useShop } from '../../shop';

const PAUSE_MS = 120;
const EACH = 4;

/** One thing the list under the field leads to. */
export interface Suggestion {
  key: string;
  kind: 'recent' | 'word' | 'category' | 'product';
  label: string;
  to: string;
  image?: string | undefined;
}

/** What the shop suggests for the letters so far, after a short pause in the typing. */
export function useSuggestions(text: string): Suggestion[] {
  const { market } = useShop();
  const q = useSettled(text.trim());
  const { data } = useQuery({
    ...searchSuggestOptions({ query: { q, limit: EACH, ...market } }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
  return q === '' || !data ? [] : listed(data);
}

function listed({ words, categories, products }: Suggested): Suggestion[] {
  return [
    ...words.map((word) => wordSuggestion(word, 'word')),
    ...categories.map(({ id, slug, name }) => ({
      key: id,
      kind: 'category' as const,
      label: name,
      to: `/c/${slug}`,
    })),
    ...products.map(({ id, slug, title, thumbnail }) => ({
      key: id,
      kind: 'product' as const,
      label: title,
      to: `/products/${slug}`,
      image: thumbnail?.url,
    })),
  ];
}

export function wordSuggestion(word: string, kind: 'recent' | 'word'): Suggestion {
  return { key: `${kind}:${word}`, kind, label: word, to: searchPath(word) };
}

export function searchPath(text: string): string {
  return `/search?${new URLSearchParams({ q: text })}`;
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
