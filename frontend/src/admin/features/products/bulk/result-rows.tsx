import type { RowResult, StaffLine } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Badge } from '@/admin/ui';
import { Becomes, ResultList } from '@/admin/ui/bulk';
import { money } from '@/admin/ui/format';
import { StatusBadge, STATUSES } from '../status';
import { Thumb } from '../thumb';
import { amountChanges, listChange, STALE } from './change';
import type { AmountChange } from './change';

interface ResultRowsProps {
  rows: readonly StaffLine[];
  results: readonly RowResult[];
  /** Whether this happened, or would happen. */
  saved: boolean;
  waiting: boolean;
}

/** Each product with what changes, and how it fared. */
export function ResultRows({ rows, results, saved, waiting }: ResultRowsProps) {
  const byId = new Map(results.map((result) => [result.id, result]));
  return (
    <ResultList
      rows={rows}
      idOf={(row) => row.id}
      nameOf={(row) => (
        <>
          <Thumb image={row.thumbnail} />
          <span className="line-clamp-2">{row.title}</span>
        </>
      )}
      whatOf={(row) => <WhatChanges result={byId.get(row.id)} />}
      outcomeOf={(row) => byId.get(row.id)?.outcome}
      saved={saved}
      waiting={waiting}
    />
  );
}

function WhatChanges({ result }: { result: RowResult | undefined }) {
  const t = useT();
  if (!result) return null;
  const { problem, changes } = result;
  if (problem) {
    const why =
      problem.status === STALE
        ? t('bulk.stale')
        : (problem.errors?.[0]?.message ?? (problem.detail || problem.title));
    return <p className="text-[13px] text-danger">{why}</p>;
  }
  return (
    <>
      {amountChanges(changes).map((each) => (
        <Amounts key={`${each.field} ${each.currency}`} change={each} />
      ))}
      {changes
        .filter((each) => !each.currency)
        .map(({ field, before, after }) =>
          field === 'status' ? (
            <p key={field} className="flex flex-wrap items-center gap-1.5">
              <Status value={before} />
              <Becomes />
              <Status value={after} />
            </p>
          ) : (
            <p key={field} className="flex flex-wrap gap-1.5">
              {listChange({ before, after }).gone.map((each) => (
                <del key={each} className="text-muted">
                  {each}
                </del>
              ))}
              {listChange({ before, after }).come.map((each) => (
                <Badge key={each} tone="good">
                  {t('bulk.plus', { name: each })}
                </Badge>
              ))}
            </p>
          ),
        )}
    </>
  );
}

function Status({ value }: { value: unknown }) {
  const status = STATUSES.find((each) => each === value);
  return status ? <StatusBadge status={status} /> : null;
}

function Amounts({ change: { field, currency, before, after } }: { change: AmountChange }) {
  const t = useT();
  const range = (values: AmountChange['before']) => {
    if (!values) return '–';
    const least = money({ amount: values.least, currency });
    return values.least === values.most
      ? least
      : `${least} – ${money({ amount: values.most, currency })}`;
  };
  return (
    <p className="flex flex-wrap items-baseline gap-x-1.5 tabular-nums">
      {field === 'compare_at' && (
        <span className="text-[13px] text-muted">{t('bulk.compare_at')}</span>
      )}
      <span className="text-muted">{range(before)}</span>
      <Becomes />
      <span className="font-medium">{range(after)}</span>
    </p>
  );
}
