import { useState } from 'react';
import type { StaffLine } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { BulkButton } from '@/admin/ui';
import { BulkDialog } from './bulk-dialog';
import type { BulkKind } from './change-form';

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
      {kind && <BulkDialog kind={kind} rows={rows} onClose={() => setKind(undefined)} />}
    </>
  );
}
