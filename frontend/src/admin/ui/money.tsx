import { usePreferences } from '@/admin/app/preferences';
import { money } from './format';
import type { Amount } from './format';

export function Money({ value }: { value: Amount | null | undefined }) {
  usePreferences((state) => state.locale);
  if (!value) return <span className="text-muted">–</span>;
  return <span className="tabular-nums whitespace-nowrap">{money(value)}</span>;
}
