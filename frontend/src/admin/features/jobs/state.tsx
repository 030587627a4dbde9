import type { JobState } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Badge } from '@/admin/ui';
import type { Tone } from '@/admin/ui';

export const JOB_STATES = ['queued', 'running', 'done', 'dead'] as const satisfies JobState[];

const TONES: Record<JobState, Tone> = {
  queued: 'warn',
  running: 'info',
  done: 'good',
  dead: 'danger',
};

export function StateBadge({ state }: { state: JobState }) {
  const t = useT();
  return <Badge tone={TONES[state]}>{t(`jobs.state_${state}`)}</Badge>;
}
