import type { ImportOut, ImportStatus } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Badge } from '@/admin/ui';
import type { Tone } from '@/admin/ui';

const TONES: Record<ImportStatus, Tone> = {
  queued: 'neutral',
  running: 'info',
  done: 'good',
  failed: 'danger',
  cancelled: 'warn',
};

export const isRunning = ({ status }: Pick<ImportOut, 'status'>) =>
  status === 'queued' || status === 'running';

export function ImportStatusBadge({ status }: { status: ImportStatus }) {
  const t = useT();
  return <Badge tone={TONES[status]}>{t(`imports.status_${status}`)}</Badge>;
}
