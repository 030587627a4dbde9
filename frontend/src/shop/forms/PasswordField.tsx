import { Eye, EyeOff } from 'lucide-react';
import { useId, useState, type ComponentProps } from 'react';
import { useT } from '../i18n';

interface Props extends Omit<ComponentProps<'input'>, 'className' | 'type'> {
  label: string;
  error?: string | undefined;
  hint?: string | undefined;
  autoComplete: 'current-password' | 'new-password';
}

/** A password that can be looked at while typing. */
export function PasswordField({ label, error, hint, ...input }: Props) {
  const t = useT();
  const id = useId();
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  const note = error ?? hint;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <input
          {...input}
          id={id}
          type={shown ? 'text' : 'password'}
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={error ? true : undefined}
          aria-describedby={note ? `${id}-note` : undefined}
          className="field pr-13!"
        />
        <button
          type="button"
          className="icon-btn absolute top-0.5 right-0.5"
          aria-label={t('form.showPassword')}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          <Icon aria-hidden className="size-5" />
        </button>
      </div>
      {note && (
        <p
          id={`${id}-note`}
          role={error ? 'alert' : undefined}
          className={error ? 'text-sm text-sale' : 'text-sm text-muted'}
        >
          {note}
        </p>
      )}
    </div>
  );
}
