import type { SessionStatus } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Badge } from '@/admin/ui';
import type { Tone } from '@/admin/ui';

export const SESSION_STATUSES = [
  'pending',
  'requires_action',
  'succeeded',
  'failed',
  'cancelled',
  'expired',
] as const satisfies SessionStatus[];

const TONES: Record<SessionStatus, Tone> = {
  pending: 'warn',
  requires_action: 'warn',
  succeeded: 'good',
  failed: 'danger',
  cancelled: 'neutral',
  expired: 'neutral',
};

export function SessionBadge({ status }: { status: SessionStatus }) {
  const t = useT();
  return <Badge tone={TONES[status]}>{t(`payments.status_${status}`)}</Badge>;
}
