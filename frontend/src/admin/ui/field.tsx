import { createContext, useContext, useId } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

interface Wiring {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
}

const FieldContext = createContext<Wiring | null>(null);

/** What a control inside a `Field` needs so that it is read out with its label, hint and error. */
export function useFieldProps() {
  const field = useContext(FieldContext);
  if (!field) return {};
  return {
    id: field.id,
    'aria-describedby': field.describedBy,
    'aria-invalid': field.invalid || undefined,
  };
}

/** The id of the label, for what is no form control and must name it (`aria-labelledby`). */
export function useFieldLabel() {
  const field = useContext(FieldContext);
  return field && `${field.id}-label`;
}

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  /** The label is read out but not shown. */
  quiet?: boolean;
  className?: string;
  children: ReactNode;
}

export function Field({ label, hint, error, quiet, className, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <FieldContext value={{ id, describedBy: described || undefined, invalid: Boolean(error) }}>
      <div className={cn('min-w-0', className)}>
        <label
          id={`${id}-label`}
          htmlFor={id}
          className={quiet ? 'sr-only' : 'mb-1 block text-[13px] font-medium'}
        >
          {label}
        </label>
        {children}
        {hint && (
          <p id={`${id}-hint`} className="mt-1 text-[13px] text-muted">
            {hint}
          </p>
        )}
        <FieldError id={`${id}-error`} message={error} />
      </div>
    </FieldContext>
  );
}

export function FieldError({ id, message }: { id?: string; message: string | undefined }) {
  if (!message) return null;
  return (
    <p id={id} role="alert" className="mt-1 text-[13px] text-danger">
      {message}
    </p>
  );
}

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...useFieldProps()} className={cn('control h-9', className)} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea {...useFieldProps()} className={cn('control block', className)} {...rest} />;
}

/** A box to tick with its words; the words are part of the target. */
export function Checkbox({
  label,
  hint,
  className,
  ...rest
}: ComponentProps<'input'> & { label: ReactNode; hint?: ReactNode }) {
  const id = useId();
  return (
    <div className={cn('flex items-start gap-2.5', className)}>
      <input id={id} type="checkbox" className="check mt-0.5" {...rest} />
      <label htmlFor={id}>
        {label}
        {hint && <span className="block text-[13px] text-muted">{hint}</span>}
      </label>
    </div>
  );
}
