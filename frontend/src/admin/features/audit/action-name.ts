import { tAny, useT } from '@/admin/i18n';

/** What the log's `order.status_set` is called; what is not translated stays as it is. */
export function useActionName(): (action: string) => string {
  useT();
  return (action) => tAny(`audit.action_${action}`, action);
}
