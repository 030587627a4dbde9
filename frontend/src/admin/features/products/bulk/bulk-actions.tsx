import { lazy, Suspense, useState } from 'react';
import type { StaffLine } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { BulkButton } from '@/admin/ui';
import type { BulkKind } from './change';

const BulkDialog = lazy(async () => ({ default: (await import('./bulk-dialog')).BulkDialog }));

const KINDS: BulkKind[] = ['price', 'status', 'category', 'tags'];

export function BulkActions({ rows }: { rows: StaffLine[] }) {
  const t = useT();
  const [kind, setKind] = useState<BulkKind>();
  // The ticked rows are as they were when they were ticked; one change may follow another.
  const [newer, setNewer] = useState<ReadonlyMap<string, number>>(new Map());
  const current = rows.map((row) => ({
    ...row,
    version: Math.max(row.version, newer.get(row.id) ?? 0),
  }));
  return (
    <>
      {KINDS.map((each) => (
        <BulkButton key={each} onClick={() => setKind(each)}>
          {t(`bulk.${each}`)}
        </BulkButton>
      ))}
      {kind && (
        <Suspense fallback={null}>
          <BulkDialog
            kind={kind}
            rows={current}
            onVersions={(versions) => setNewer((old) => new Map([...old, ...versions]))}
            onClose={() => setKind(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}
