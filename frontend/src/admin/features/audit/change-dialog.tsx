import type { EntryOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { DateTime, Dialog } from '@/admin/ui';
import { useActionName } from './action-name';
import { SubjectLink } from './subject-link';

const told = (value: unknown) =>
  value === undefined || value === null
    ? '–'
    : typeof value === 'string'
      ? value
      : JSON.stringify(value, null, 2);

/** One change: who, what, when, and each field before and after. */
export function ChangeDialog({ entry, onClose }: { entry: EntryOut; onClose: () => void }) {
  const t = useT();
  const actionName = useActionName();
  const label = 'text-muted';
  return (
    <Dialog open onClose={onClose} title={actionName(entry.action)}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
        <dt className={label}>{t('audit.column_when')}</dt>
        <dd>
          <DateTime value={entry.at} />
        </dd>
        <dt className={label}>{t('audit.column_actor')}</dt>
        <dd>
          <SubjectLink id={entry.actor} />
        </dd>
        <dt className={label}>{t('audit.column_subject')}</dt>
        <dd>
          <SubjectLink id={entry.subject} />
        </dd>
        {entry.note && (
          <>
            <dt className={label}>{t('audit.note')}</dt>
            <dd className="break-words whitespace-pre-line">{entry.note}</dd>
          </>
        )}
        {entry.request_id && (
          <>
            <dt className={label}>{t('audit.request')}</dt>
            <dd className="break-all">{entry.request_id}</dd>
          </>
        )}
      </dl>
      <Fields entry={entry} />
    </Dialog>
  );
}

function Fields({ entry }: { entry: EntryOut }) {
  const t = useT();
  const { before, after } = entry;
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (names.length === 0) return <p className="mt-5 text-muted">{t('audit.no_fields')}</p>;
  const head = 'py-2 pr-4 font-medium';
  const cell = 'py-2 pr-4 align-top break-words whitespace-pre-wrap';
  return (
    // What scrolls must be reachable by keyboard.
    // oxlint-disable-next-line no-noninteractive-tabindex
    <section aria-label={t('audit.fields')} tabIndex={0} className="mt-5 overflow-x-auto">
      <table className="w-full min-w-96 table-fixed text-left text-[13px]">
        <caption className="sr-only">{t('audit.fields')}</caption>
        <thead className="border-b border-line text-muted">
          <tr>
            <th scope="col" className={head}>
              {t('audit.field')}
            </th>
            <th scope="col" className={head}>
              {t('audit.before')}
            </th>
            <th scope="col" className={head}>
              {t('audit.after')}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {names.map((name) => (
            <tr key={name}>
              <th scope="row" className={`${cell} font-medium`}>
                {name}
              </th>
              <td className={`${cell} text-muted`}>{told(before?.[name])}</td>
              <td className={cell}>{told(after?.[name])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
