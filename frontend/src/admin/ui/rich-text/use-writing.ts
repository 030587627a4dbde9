import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { write } from './writing';
import type { Written } from './writing';

interface Writing {
  value: string;
  onChange: (html: string) => void;
  onLink: () => void;
  attributes: Record<string, string>;
}

/** `write` as long as the element is there. */
export function useWriting(place: RefObject<HTMLElement | null>, writing: Writing): Written | null {
  const latest = useRef(writing);
  const session = useRef<ReturnType<typeof write>>(null);
  const [written, setWritten] = useState<Written | null>(null);
  useEffect(() => {
    latest.current = writing;
  });
  useEffect(() => {
    if (!place.current) return undefined;
    const begun = write(place.current, latest.current.value, {
      onChange: (html) => latest.current.onChange(html),
      onLink: () => latest.current.onLink(),
      onState: setWritten,
    });
    session.current = begun;
    return () => begun.stop();
  }, [place]);
  const { value, attributes } = writing;
  useEffect(() => session.current?.take(value), [value]);
  useEffect(() => session.current?.describe(attributes), [attributes]);
  return written;
}
