import { useState } from 'react';
import { ChevronDown, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useT } from '@/admin/i18n';
import { Checkbox, useFieldProps } from './field';
import type { Choice } from './select';

interface PickManyProps {
  /** In the order shown; labels may be indented for trees by `depth`. */
  choices: readonly (Choice & { depth?: number })[];
  values: readonly string[];
  onChange: (values: string[]) => void;
  placeholder: string;
}

/** Several of many, with a search above them; what is picked stands as chips. */
export function PickMany({ choices, values, onChange, placeholder }: PickManyProps) {
  const t = useT();
  const [words, setWords] = useState('');
  const picked = values.map(
    (value) => choices.find((choice) => choice.value === value) ?? { value, label: value },
  );
  const shown = choices.filter((choice) =>
    choice.label.toLowerCase().includes(words.trim().toLowerCase()),
  );
  const toggle = (value: string) =>
    onChange(
      values.includes(value) ? values.filter((other) => other !== value) : [...values, value],
    );
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button
          type="button"
          {...useFieldProps()}
          className="control flex items-center justify-between text-left"
        >
          <span className="text-muted">{placeholder}</span>
          <ChevronDown aria-hidden className="size-4 text-muted" />
        </button>
      </Popover.Trigger>
      {picked.length > 0 && (
        <ul className="mt-2 flex flex-wrap gap-1.5">
          {picked.map((choice) => (
            <li
              key={choice.value}
              className="flex items-center rounded-full bg-tile pl-2.5 text-[13px]"
            >
              {choice.label}
              <button
                type="button"
                aria-label={t('tags.remove', { name: choice.label })}
                onClick={() => toggle(choice.value)}
                className="grid size-6 place-items-center rounded-full hover:bg-ink/8"
              >
                <X aria-hidden className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          aria-label={placeholder}
          className="card z-30 w-72 p-2 shadow-pop"
        >
          <input
            type="search"
            aria-label={t('palette.open')}
            placeholder={t('palette.open')}
            value={words}
            onChange={(event) => setWords(event.target.value)}
            className="control mb-1 h-8 min-h-8 text-[13px]"
          />
          <ul className="max-h-64 overflow-y-auto">
            {shown.map((choice) => (
              <li key={choice.value} style={{ paddingLeft: `${(choice.depth ?? 0) * 16}px` }}>
                <Checkbox
                  className="rounded-md px-2 py-1.5 hover:bg-tile"
                  label={choice.label}
                  checked={values.includes(choice.value)}
                  onChange={() => toggle(choice.value)}
                />
              </li>
            ))}
            {shown.length === 0 && (
              <li className="px-2 py-3 text-center text-muted">{t('list.no_match')}</li>
            )}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
