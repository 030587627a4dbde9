import type { ProductStatus } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Badge } from '@/admin/ui';
import type { Tone } from '@/admin/ui';

export const STATUSES = ['active', 'draft', 'archived'] as const satisfies ProductStatus[];

const TONES: Record<ProductStatus, Tone> = { active: 'good', draft: 'info', archived: 'neutral' };

export function StatusBadge({ status }: { status: ProductStatus }) {
  const t = useT();
  return <Badge tone={TONES[status]}>{t(`products.status_${status}`)}</Badge>;
}
