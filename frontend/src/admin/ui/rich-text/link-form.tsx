import { useEffect, useId, useRef, useState } from 'react';
import { useT } from '@/admin/i18n';
import { Button } from '../button';
import { FieldError } from '../field';
import { addressOf } from './commands';

interface LinkFormProps {
  /** Where the link leads now; nothing for a new one. */
  href: string;
  onApply: (href: string | null) => void;
  onClose: () => void;
}

/** Where a link shall lead. It is no form: it stands inside one, whose Enter is another. */
export function LinkForm({ href, onApply, onClose }: LinkFormProps) {
  const t = useT();
  const id = useId();
  const [typed, setTyped] = useState(href);
  const [wrong, setWrong] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  useEffect(() => {
    // Before the dialog hears it in which the text may stand: that one stays open.
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.target !== input.current) return;
      event.stopPropagation();
      onClose();
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [onClose]);
  const apply = () => {
    const address = addressOf(typed);
    if (typed.trim() && !address) setWrong(true);
    else onApply(address);
  };
  return (
    <div className="border-b border-line p-2">
      <div className="flex flex-wrap gap-2">
        <input
          ref={input}
          aria-label={t('rich.link_address')}
          aria-invalid={wrong || undefined}
          aria-describedby={wrong ? id : undefined}
          placeholder="https://"
          inputMode="url"
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setWrong(false);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              apply();
            }
          }}
          className="control h-8 min-h-8! min-w-40 flex-1"
        />
        <Button size="small" onClick={apply}>
          {t('rich.link_apply')}
        </Button>
        {href && (
          <Button size="small" look="ghost" onClick={() => onApply(null)}>
            {t('rich.link_remove')}
          </Button>
        )}
      </div>
      <FieldError id={id} message={wrong ? t('rich.link_wrong') : undefined} />
    </div>
  );
}
