import { useState } from 'react';
import { X } from 'lucide-react';
import { useT } from '@/admin/i18n';
import { useFieldProps } from './field';

interface TagInputProps {
  values: readonly string[];
  onChange: (values: string[]) => void;
  placeholder?: string;
}

/** Words as chips: Enter or a comma adds one, Backspace takes the last, a pasted list adds all. */
export function TagInput({ values, onChange, placeholder }: TagInputProps) {
  const t = useT();
  const [text, setText] = useState('');
  const add = (typed: string) => {
    const words = typed
      .split(/[,\n\t]/)
      .map((word) => word.trim())
      .filter((word) => word && !values.includes(word));
    if (words.length > 0) onChange([...values, ...new Set(words)]);
    setText('');
  };
  return (
    <div className="control flex h-auto flex-wrap items-center gap-1.5 px-1.5 py-1 focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-brand">
      {values.map((value) => (
        <span key={value} className="flex items-center rounded-full bg-tile pl-2.5 text-[13px]">
          {value}
          <button
            type="button"
            aria-label={t('tags.remove', { name: value })}
            onClick={() => onChange(values.filter((other) => other !== value))}
            className="grid size-6 place-items-center rounded-full hover:bg-ink/8"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </span>
      ))}
      <input
        {...useFieldProps()}
        value={text}
        placeholder={values.length === 0 ? placeholder : undefined}
        onChange={(event) => {
          if (/[,\n\t]/.test(event.target.value)) add(event.target.value);
          else setText(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            add(text);
          } else if (event.key === 'Backspace' && text === '') onChange(values.slice(0, -1));
        }}
        onBlur={() => text && add(text)}
        className="h-7 min-w-24 flex-1 bg-transparent px-1 outline-none"
      />
    </div>
  );
}
