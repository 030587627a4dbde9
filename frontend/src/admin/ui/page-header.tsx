import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { ArrowLeft } from 'lucide-react';
import { ButtonLink } from './button';

interface PageHeaderProps {
  title: string;
  /** What stands beside the title: a badge, a date. */
  beside?: ReactNode;
  sub?: ReactNode;
  actions?: ReactNode;
  back?: { to: string; label: string };
}

/** The one `h1` of a page, and the title of the window. */
export function PageHeader({ title, beside, sub, actions, back }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · Sokoni`;
  }, [title]);
  return (
    <header className="mb-5 flex flex-wrap items-start justify-between gap-3">
      <div className="flex min-w-0 items-start gap-1.5">
        {back && (
          <ButtonLink
            to={back.to}
            look="ghost"
            size="icon"
            aria-label={back.label}
            className="-ml-2"
          >
            <ArrowLeft aria-hidden />
          </ButtonLink>
        )}
        <div className="min-w-0">
          <div className="flex min-h-[34px] flex-wrap items-center gap-2.5">
            <h1 className="text-[22px] leading-tight font-semibold tracking-tight break-words">
              {title}
            </h1>
            {beside}
          </div>
          {sub && <p className="text-muted">{sub}</p>}
        </div>
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  );
}
