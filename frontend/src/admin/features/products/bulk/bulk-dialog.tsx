import { useState } from 'react';
import type { StaffLine, StaffProduct } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Button, Dialog, ErrorState, Skeleton } from '@/admin/ui';
import { ChangeForm } from './change-form';
import type { BulkKind } from './change-form';
import { Preview } from './preview';
import type { BulkChange } from './plan';
import { patchFor } from './plan';
import { useBulkSave, useFullProducts } from './use-bulk';

interface BulkDialogProps {
  kind: BulkKind;
  rows: readonly StaffLine[];
  onClose: () => void;
}

/** One change to many products: choose it, see what it does to each, save, see what became of each. */
export function BulkDialog({ kind, rows, onClose }: BulkDialogProps) {
  const t = useT();
  const [change, setChange] = useState<BulkChange>();
  const { products, loaded, failed, retry } = useFullProducts(rows);
  const { run, outcomes, busy } = useBulkSave();
  // Once saved, products are read again; the preview goes on telling what was asked for.
  const [asked, setAsked] = useState<StaffProduct[]>();
  const known = products.filter((product): product is StaffProduct => product !== undefined);
  const ready = known.length === rows.length;
  const shown = asked ?? known;
  const touched = change ? shown.filter((product) => patchFor(product, change) !== null).length : 0;
  const told = Object.values(outcomes);
  const refused = told.filter((outcome) => outcome.state === 'refused').length;
  const saved = told.filter((outcome) => outcome.state === 'saved').length;
  const finished = told.length > 0 && !busy;
  return (
    <Dialog
      open
      onClose={() => !busy && onClose()}
      size="large"
      title={t(`bulk.title_${kind}`, { count: rows.length })}
      actions={
        <>
          <output className="mr-auto self-center text-muted">
            {finished
              ? t('bulk.result', { saved, refused })
              : change && ready && t('bulk.will_change', { count: touched })}
          </output>
          <Button onClick={onClose} disabled={busy}>
            {finished && refused === 0 ? t('action.close') : t('action.cancel')}
          </Button>
          {(!finished || refused > 0) && (
            <Button
              look="primary"
              busy={busy}
              disabled={!change || !ready || touched === 0}
              onClick={() => {
                if (!change) return;
                setAsked(shown);
                void run(known, change);
              }}
            >
              {finished ? t('bulk.retry', { count: refused }) : t('bulk.save', { count: touched })}
            </Button>
          )}
        </>
      }
    >
      <fieldset disabled={busy || finished} className="mb-4">
        <legend className="sr-only">{t('bulk.change')}</legend>
        <ChangeForm kind={kind} products={known} onChange={setChange} />
      </fieldset>
      {failed ? (
        <ErrorState error={failed} onRetry={() => void retry()} />
      ) : ready ? (
        <Preview products={shown} change={change} outcomes={outcomes} />
      ) : (
        <output
          aria-label={t('bulk.loading', { loaded, count: rows.length })}
          className="block space-y-2"
        >
          {rows.slice(0, 6).map((row) => (
            <Skeleton key={row.id} className="h-10" />
          ))}
        </output>
      )}
    </Dialog>
  );
}
