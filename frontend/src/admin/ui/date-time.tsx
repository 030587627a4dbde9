import { usePreferences } from '@/admin/app/preferences';
import { ago, dateTime } from './format';

interface DateTimeProps {
  value: string | null | undefined;
  /** `12 minutes ago`, with the exact time as tooltip. */
  relative?: boolean;
}

export function DateTime({ value, relative }: DateTimeProps) {
  usePreferences((state) => state.locale);
  if (!value) return <span className="text-muted">–</span>;
  return (
    <time dateTime={value} title={dateTime(value)} className="whitespace-nowrap">
      {relative ? ago(value) : dateTime(value)}
    </time>
  );
}
