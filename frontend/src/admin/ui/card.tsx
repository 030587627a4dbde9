import { useId } from 'react';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface CardProps {
  title?: ReactNode;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  hint?: ReactNode;
  /** Without inner space, for tables and lists that reach the edge. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
}

export function Card({ title, actions, hint, flush, className, children }: CardProps) {
  const id = useId();
  return (
    <section aria-labelledby={title ? id : undefined} className={cn('card', className)}>
      {title && (
        <div className="flex flex-wrap items-center justify-between gap-2 px-4 pt-3.5">
          <h2 id={id} className="font-semibold">
            {title}
          </h2>
          {actions && <div className="flex items-center gap-2">{actions}</div>}
        </div>
      )}
      {hint && <p className="px-4 pt-0.5 text-[13px] text-muted">{hint}</p>}
      <div className={cn(!flush && 'p-4', flush && Boolean(title) && 'pt-3')}>{children}</div>
    </section>
  );
}
