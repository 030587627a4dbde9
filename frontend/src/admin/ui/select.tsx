import type { ComponentProps } from 'react';
import { ChevronDown } from 'lucide-react';
import { cn } from './cn';
import { useFieldProps } from './field';

export interface Choice {
  value: string;
  label: string;
}

type SelectProps = ComponentProps<'select'> & { choices: readonly Choice[]; empty?: string };

/** The browser's own select: it works with every keyboard, screen reader and telephone. */
export function Select({ choices, empty, className, ...rest }: SelectProps) {
  return (
    <div className={cn('relative', className)}>
      <select {...useFieldProps()} className="control h-9 appearance-none pr-8" {...rest}>
        {empty !== undefined && <option value="">{empty}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-2.5 right-2.5 size-4 text-muted"
      />
    </div>
  );
}
