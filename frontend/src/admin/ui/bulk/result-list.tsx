import type { ReactNode } from 'react';
import { useT } from '@/admin/i18n';
import { Badge } from '../badge';
import { cn } from '../cn';

export type Outcome = 'changed' | 'unchanged' | 'refused';

interface ResultListProps<Row> {
  rows: readonly Row[];
  idOf: (row: Row) => string;
  nameOf: (row: Row) => ReactNode;
  /** What changes, or why it does not. */
  whatOf: (row: Row) => ReactNode;
  /** Undefined while nobody knows. */
  outcomeOf: (row: Row) => Outcome | undefined;
  /** Whether this happened, or would happen. */
  saved: boolean;
  waiting: boolean;
}

/** Each row with what happens to it, and how it fared. */
export function ResultList<Row>(props: ResultListProps<Row>) {
  const t = useT();
  const { saved, waiting } = props;
  return (
    <ul
      aria-label={saved ? t('bulk.outcome') : t('bulk.preview')}
      aria-busy={waiting}
      className={cn(
        'divide-y divide-line rounded-lg border border-line transition-opacity',
        waiting && 'opacity-60',
      )}
    >
      {props.rows.map((row) => (
        <li
          key={props.idOf(row)}
          className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1 px-3 py-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)_auto]"
        >
          <span className="flex min-w-0 items-center gap-3 font-medium">{props.nameOf(row)}</span>
          <div className="max-sm:order-last max-sm:col-span-2">{props.whatOf(row)}</div>
          <Fate outcome={props.outcomeOf(row)} saved={saved} />
        </li>
      ))}
    </ul>
  );
}

function Fate({ outcome, saved }: { outcome: Outcome | undefined; saved: boolean }) {
  const t = useT();
  if (outcome === 'refused') return <Badge tone="danger">{t('bulk.refused')}</Badge>;
  if (outcome === 'unchanged') return <Badge>{t('bulk.unchanged')}</Badge>;
  return saved && outcome ? <Badge tone="good">{t('bulk.saved')}</Badge> : <span />;
}

/** Between what was and what will be. */
export function Becomes() {
  const t = useT();
  return (
    <span className="text-muted">
      <span aria-hidden>→</span>
      <span className="sr-only">{t('bulk.becomes')}</span>
    </span>
  );
}
