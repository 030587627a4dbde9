import { lazy, Suspense, useState } from 'react';
import type { StaffLine } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { BulkButton } from '@/admin/ui';
import type { BulkKind } from './change-form';

const BulkDialog = lazy(async () => ({ default: (await import('./bulk-dialog')).BulkDialog }));

const KINDS: BulkKind[] = ['price', 'status', 'category', 'tags'];

export function BulkActions({ rows }: { rows: StaffLine[] }) {
  const t = useT();
  const [kind, setKind] = useState<BulkKind>();
  return (
    <>
      {KINDS.map((each) => (
        <BulkButton key={each} onClick={() => setKind(each)}>
          {t(`bulk.${each}`)}
        </BulkButton>
      ))}
      {kind && (
        <Suspense fallback={null}>
          <BulkDialog kind={kind} rows={rows} onClose={() => setKind(undefined)} />
        </Suspense>
      )}
    </>
  );
}
