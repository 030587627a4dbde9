import type { ReactNode } from 'react';
import { X } from 'lucide-react';
import { Link } from 'react-router';
import { useT } from '@/admin/i18n';

interface BulkBarProps {
  count: number;
  onClear: () => void;
  /** `BulkButton`s and `BulkLink`s. */
  children: ReactNode;
}

/** What can be done with the ticked rows: a black bar that floats at the bottom. */
export function BulkBar({ count, onClear, children }: BulkBarProps) {
  const t = useT();
  if (count === 0) return null;
  return (
    <div
      role="toolbar"
      aria-label={t('bulk.label')}
      className="fixed bottom-4 left-1/2 z-20 flex w-max max-w-[calc(100vw-1.5rem)] -translate-x-1/2 flex-wrap items-center gap-1 rounded-xl bg-[#1b1a18] p-1.5 text-white shadow-pop dark:border dark:border-line dark:bg-[#000]"
    >
      <output className="px-3 text-[13px] font-medium">{t('bulk.selected', { count })}</output>
      {children}
      <BulkButton onClick={onClear} label={t('bulk.clear')}>
        <X aria-hidden className="size-4" />
      </BulkButton>
    </div>
  );
}

interface BulkButtonProps {
  onClick: () => void;
  label?: string;
  children: ReactNode;
}

const BUTTON =
  'inline-flex h-8 items-center rounded-lg px-3 text-[13px] font-medium hover:bg-white/15 focus-visible:outline-white';

export function BulkButton({ onClick, label, children }: BulkButtonProps) {
  return (
    <button type="button" onClick={onClick} aria-label={label} className={BUTTON}>
      {children}
    </button>
  );
}

/** Leads to a page about the ticked rows, in a tab of its own: the ticks stay where they are. */
export function BulkLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} target="_blank" className={BUTTON}>
      {children}
    </Link>
  );
}
