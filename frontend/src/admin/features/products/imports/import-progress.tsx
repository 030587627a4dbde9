import type { ImportDetail } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Card } from '@/admin/ui';
import { number, percent } from '@/admin/ui/format';
import { isRunning } from './import-status';

/** How far an import is, and what became of the products. */
export function ImportProgress({ found }: { found: ImportDetail }) {
  const t = useT();
  const { progress, products, pictures } = found;
  const share = progress.bytes_total > 0 ? progress.bytes_done / progress.bytes_total : 0;
  const counts = (['created', 'updated', 'unchanged', 'refused'] as const).map((id) => ({
    id,
    label: t(`imports.${id}`),
    value: products[id],
  }));
  return (
    <Card>
      {isRunning(found) && (
        <div className="mb-4">
          <progress
            value={share}
            max={1}
            aria-label={t('imports.progress')}
            className="h-2 w-full accent-brand"
          />
          <p className="mt-1 text-[13px] text-muted">
            {percent(share)} · {t('imports.rows', { count: progress.rows_done })}
          </p>
        </div>
      )}
      {found.error && (
        <p role="alert" className="mb-4 text-danger">
          {found.error}
        </p>
      )}
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        {counts.map(({ id, label, value }) => (
          <div key={id}>
            <dt className="text-[13px] text-muted">{label}</dt>
            <dd className="text-[22px] font-semibold tabular-nums">{number(value)}</dd>
          </div>
        ))}
      </dl>
      {found.options.with_pictures && !found.dry_run && (
        <p className="mt-3 text-[13px] text-muted">
          {t('imports.pictures', {
            queued: pictures.queued,
            attached: pictures.attached,
            failed: pictures.failed,
          })}
        </p>
      )}
      {found.dry_run && found.status === 'done' && (
        <p className="mt-3 rounded-lg bg-info-tint px-3 py-2 text-info">{t('imports.was_dry')}</p>
      )}
    </Card>
  );
}
