import { useEffect } from 'react';
import { useShop } from '../shop';

/** The tab's title; the server writes the same into the head of a first page. */
export function useTitle(title: string | undefined): void {
  const { name } = useShop().store;
  useEffect(() => {
    document.title = title ? `${title} | ${name}` : name;
  }, [title, name]);
}
