import { toast } from '@/admin/ui/toast';
import { asProblem } from '@/api/problem';
import { t } from '@/admin/i18n';

/** What to tell of a failure. */
export interface Told {
  status: number;
  title: string;
  detail: string;
  request_id?: string;
  errors: { pointer: string; message: string }[];
}

/** Whatever was thrown, as something to show. */
export function toProblem(error: unknown): Told {
  const { status, message, detail, errors, members } = asProblem(error);
  if (status === 0) {
    return { status, title: t('error.offline'), detail: t('error.offline_hint'), errors };
  }
  const id = members.request_id;
  return {
    status,
    title: message,
    detail,
    errors,
    ...(typeof id === 'string' && { request_id: id }),
  };
}

export const isStale = (error: unknown) => asProblem(error).status === 412;

/** Tell in passing that something did not work. */
export function toastProblem(error: unknown): void {
  const problem = toProblem(error);
  const first = problem.errors[0];
  toast.error(problem.title, {
    description: first ? `${first.pointer} ${first.message}` : problem.detail,
  });
}

/** `/variants/0/sku` → `variants.0.sku`, the name of the field in a form. */
export function fieldName(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
}

/** The version that a writing request expects, as its header. */
export const ifMatch = (version: number) => ({ headers: { 'If-Match': `"${version}"` } });

/** The key of a POST that must count once however often it is sent. */
export const idempotent = () => ({ headers: { 'Idempotency-Key': crypto.randomUUID() } });
