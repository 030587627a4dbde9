import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useFieldLabel, useFieldProps } from '../field';
import { linkAt, setLink } from './commands';
import { LinkForm } from './link-form';
import './rich-text.css';
import { Toolbar } from './toolbar';
import { useWriting } from './use-writing';

interface VisualProps {
  value: string;
  onChange: (html: string) => void;
  placeholder?: string;
  /** Beside the toolbar. */
  beside: ReactNode;
}

/** The text as it will look, to write in. */
export function Visual({ value, onChange, placeholder, beside }: VisualProps) {
  const place = useRef<HTMLDivElement>(null);
  const [linking, setLinking] = useState(false);
  const attributes = useAttributes(value === '', placeholder);
  const written = useWriting(place, {
    value,
    onChange,
    attributes,
    onLink: () => setLinking(true),
  });
  const close = () => {
    setLinking(false);
    written?.view.focus();
  };
  const label = useFieldLabel();
  useEffect(() => {
    // Labels lead to fields of forms only.
    const words = label ? document.getElementById(label) : null;
    const focus = () => written?.view.focus();
    words?.addEventListener('click', focus);
    return () => words?.removeEventListener('click', focus);
  }, [label, written]);
  return (
    <>
      <div className="flex h-10 items-center gap-1.5 border-b border-line bg-tile/60 p-1">
        {written && (
          <Toolbar written={written} linking={linking} onLink={() => setLinking(!linking)} />
        )}
        {beside}
      </div>
      {linking && written && (
        <LinkForm
          href={linkAt(written.state)?.href ?? ''}
          onApply={(href) => {
            setLink(href)(written.view.state, written.view.dispatch);
            close();
          }}
          onClose={close}
        />
      )}
      <div ref={place} />
    </>
  );
}

/** What the place to write in says of itself. */
function useAttributes(isEmpty: boolean, placeholder: string | undefined) {
  const field = useFieldProps();
  const label = useFieldLabel();
  const { id, 'aria-describedby': described, 'aria-invalid': invalid } = field;
  return useMemo(
    () => ({
      role: 'textbox',
      class: 'rich-text',
      'aria-multiline': 'true',
      ...(id && { id }),
      ...(label && { 'aria-labelledby': label }),
      ...(described && { 'aria-describedby': described }),
      ...(invalid && { 'aria-invalid': 'true' }),
      ...(placeholder && { 'aria-placeholder': placeholder }),
      ...(placeholder && isEmpty && { 'data-placeholder': placeholder }),
    }),
    [id, label, described, invalid, placeholder, isEmpty],
  );
}
