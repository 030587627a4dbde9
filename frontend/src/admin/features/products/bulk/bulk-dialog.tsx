import { useState } from 'react';
import type { BulkChange, RowResult, StaffLine } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Button, ErrorState } from '@/admin/ui';
import { BulkFrame } from '@/admin/ui/bulk';
import { STALE } from './change';
import type { BulkKind } from './change';
import { ChangeForm } from './change-form';
import { ResultRows } from './result-rows';
import { useBulkEdit, usePreview, versionsOf } from './use-bulk';

interface BulkDialogProps {
  kind: BulkKind;
  rows: readonly StaffLine[];
  /** Products have other versions than their rows say, by our change or that of others. */
  onVersions: (versions: ReadonlyMap<string, number>) => void;
  onClose: () => void;
}

const isStale = (result: RowResult) => result.problem?.status === STALE;
const count = (results: readonly RowResult[], outcome: RowResult['outcome']) =>
  results.filter((result) => result.outcome === outcome).length;

/** One change to many products: describe it, see what it does to each, save, see what became of each. */
export function BulkDialog({ kind, rows, onVersions, onClose }: BulkDialogProps) {
  const t = useT();
  const [change, setChange] = useState<BulkChange>();
  const [only, setOnly] = useState<ReadonlySet<string>>();
  const [reading, setReading] = useState(false);
  const shown = only ? rows.filter((row) => only.has(row.id)) : rows;
  const items = shown.map(({ id, version }) => ({ id, version }));
  const edit = useBulkEdit();
  const saved = edit.results.length > 0;
  const preview = usePreview(items, saved ? undefined : change);
  const previewed = change ? (preview.data ?? []) : [];
  const told = saved ? edit.results : previewed;
  const stale = told.filter(isStale);
  const refused = told.filter((result) => result.outcome === 'refused');
  const touched = count(previewed, 'changed');

  const save = async () => {
    if (!change) return;
    const results = await edit.run(items, change);
    onVersions(
      new Map(results.flatMap(({ id, version }) => (version === null ? [] : [[id, version]]))),
    );
  };
  /** Look at the products that were refused as they are now; of saved ones there is no more to do. */
  const again = async (results: readonly RowResult[]) => {
    setReading(true);
    onVersions(await versionsOf(results.map((result) => result.id)));
    if (saved) setOnly(new Set(results.map((result) => result.id)));
    edit.forget();
    setReading(false);
  };
  return (
    <BulkFrame
      title={t(`bulk.title_${kind}`, { count: shown.length })}
      summary={
        saved
          ? t('bulk.result', { saved: count(told, 'changed'), refused: refused.length })
          : change && preview.data && t('bulk.will_change', { count: touched })
      }
      busy={edit.busy}
      saved={saved}
      save={{
        label: t('bulk.save', { count: touched }),
        busy: edit.busy,
        disabled: !change || !preview.isCurrent || touched === 0,
        onClick: () => void save(),
      }}
      retry={
        refused.length > 0
          ? {
              label: t('bulk.retry', { count: refused.length }),
              busy: edit.busy || reading,
              onClick: () => void again(refused),
            }
          : undefined
      }
      more={
        stale.length > 0 && (
          <Button busy={reading} onClick={() => void again(stale)}>
            {t('bulk.read_again', { count: stale.length })}
          </Button>
        )
      }
      onClose={onClose}
    >
      <fieldset disabled={edit.busy || saved} className="mb-4">
        <legend className="sr-only">{t('bulk.change')}</legend>
        <ChangeForm kind={kind} onChange={setChange} />
      </fieldset>
      {preview.isError && !saved ? (
        <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
      ) : (
        <ResultRows
          rows={shown}
          results={told}
          saved={saved}
          waiting={change !== undefined && !saved && !preview.isCurrent}
        />
      )}
    </BulkFrame>
  );
}
