import { Check } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { cx } from '@/shared/cx';
import { useT } from '../../../i18n';

interface Props {
  number: number;
  title: string;
  state: 'done' | 'open' | 'later';
  /** What was given, once it is done. */
  given?: ReactNode;
  onChange: () => void;
  children: ReactNode;
}

/** One step of the checkout: its form while it is open, else what was given, with a way back. */
export function StepSection({ number, title, state, given, onChange, children }: Props) {
  const t = useT();
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(state);
  useEffect(() => {
    if (before.current !== state && state === 'open') heading.current?.focus();
    before.current = state;
  }, [state]);
  return (
    <section aria-labelledby={`step-${number}`} className="border-b border-line py-6 last:border-0">
      <div className="flex items-center gap-3">
        <span
          aria-hidden
          className={cx(
            'grid size-7 shrink-0 place-items-center rounded-full border text-sm font-semibold',
            state === 'open' ? 'border-brand bg-brand text-brand-ink' : 'border-field text-muted',
          )}
        >
          {state === 'done' ? <Check className="size-4" /> : number}
        </span>
        <h2
          ref={heading}
          id={`step-${number}`}
          tabIndex={-1}
          className={cx('scroll-mt-24 text-lg font-semibold', state === 'later' && 'text-muted')}
        >
          {title}
        </h2>
        {state === 'done' && (
          <button type="button" className="link ml-auto min-h-9 text-sm" onClick={onChange}>
            {t('checkout.change')}
            <span className="sr-only">: {title}</span>
          </button>
        )}
      </div>
      {state === 'done' && given && (
        <div className="mt-1 pl-10 break-words text-muted">{given}</div>
      )}
      {state === 'open' && <div className="mt-5">{children}</div>}
    </section>
  );
}
