import type { ReactNode } from 'react';
import { DateTime } from './date-time';
import { cn } from './cn';

export interface TimelineEntry {
  id: string;
  at: string;
  title: ReactNode;
  by?: ReactNode;
  children?: ReactNode;
  tone?: 'neutral' | 'good' | 'danger';
}

const DOTS = { neutral: 'bg-muted', good: 'bg-brand', danger: 'bg-danger' };

/** What happened, newest first as given. */
export function Timeline({ label, entries }: { label: string; entries: readonly TimelineEntry[] }) {
  return (
    <ol aria-label={label} className="space-y-4">
      {entries.map((entry) => (
        <li
          key={entry.id}
          className="relative pl-5 not-last:before:absolute not-last:before:top-4 not-last:before:bottom-[-14px] not-last:before:left-[4px] not-last:before:w-px not-last:before:bg-line"
        >
          <span
            aria-hidden
            className={cn(
              'absolute top-1.5 left-0 size-[9px] rounded-full',
              DOTS[entry.tone ?? 'neutral'],
            )}
          />
          <div className="flex flex-wrap items-baseline justify-between gap-x-3">
            <p className="font-medium">{entry.title}</p>
            <p className="text-[13px] text-muted">
              {entry.by}
              {entry.by && ' · '}
              <DateTime value={entry.at} relative />
            </p>
          </div>
          {entry.children && <div className="mt-1 text-muted">{entry.children}</div>}
        </li>
      ))}
    </ol>
  );
}
