import type { ReactNode } from 'react';

interface ShareLineProps {
  name: ReactNode;
  value: ReactNode;
  /** Beside the value, quieter. */
  beside?: ReactNode;
  below?: ReactNode;
  /** How long the bar is, 0 to 1. */
  share: number;
}

/** One of several parts: what it is called, how much it is, and a bar as long as its share. */
export function ShareLine({ name, value, beside, below, share }: ShareLineProps) {
  return (
    <li>
      <p className="flex justify-between gap-3">
        <span className="min-w-0 truncate">{name}</span>
        <span className="shrink-0 tabular-nums">
          <span className="font-medium">{value}</span>
          {beside && (
            <span className="ml-2 inline-block min-w-11 text-right text-muted">{beside}</span>
          )}
        </span>
      </p>
      <span aria-hidden className="mt-1.5 block h-2 rounded-full bg-tile">
        <span
          className="block h-2 rounded-full bg-brand"
          style={{ width: `${Math.min(Math.max(share, 0), 1) * 100}%` }}
        />
      </span>
      {below && <div className="mt-1 text-[13px] text-muted">{below}</div>}
    </li>
  );
}
