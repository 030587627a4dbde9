import { useId, type ComponentProps, type ReactNode } from 'react';
import { cx } from '../cx';

interface FieldProps {
  label: string;
  error?: string | undefined;
  hint?: ReactNode;
  className?: string | undefined;
}

interface Ids {
  id: string;
  'aria-invalid': boolean | undefined;
  'aria-describedby': string | undefined;
}

/** Label, control, and under it either the hint or what is wrong. */
function Frame({
  label,
  error,
  hint,
  className,
  control,
}: FieldProps & { control: (ids: Ids) => ReactNode }) {
  const id = useId();
  const note = `${id}-note`;
  return (
    <div className={cx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {control({
        id,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': error || hint ? note : undefined,
      })}
      {error ? (
        <p id={note} role="alert" className="text-sm text-sale">
          {error}
        </p>
      ) : (
        hint && (
          <p id={note} className="text-sm text-muted">
            {hint}
          </p>
        )
      )}
    </div>
  );
}

export function TextField({
  label,
  error,
  hint,
  className,
  ...input
}: FieldProps & Omit<ComponentProps<'input'>, 'className'>) {
  return (
    <Frame
      {...{ label, error, hint, className }}
      control={(ids) => <input {...input} {...ids} className="field" />}
    />
  );
}

export function TextArea({
  label,
  error,
  hint,
  className,
  ...area
}: FieldProps & Omit<ComponentProps<'textarea'>, 'className'>) {
  return (
    <Frame
      {...{ label, error, hint, className }}
      control={(ids) => <textarea {...area} {...ids} className="field h-auto py-3" />}
    />
  );
}

export function SelectField({
  label,
  error,
  hint,
  className,
  children,
  ...select
}: FieldProps & Omit<ComponentProps<'select'>, 'className'>) {
  return (
    <Frame
      {...{ label, error, hint, className }}
      control={(ids) => (
        <select {...select} {...ids} className="field select">
          {children}
        </select>
      )}
    />
  );
}
