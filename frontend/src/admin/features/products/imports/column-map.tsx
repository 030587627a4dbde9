import { useState } from 'react';
import { CircleAlert, CircleCheck } from 'lucide-react';
import type { ColumnOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Badge, cn, Select } from '@/admin/ui';
import { doubled, HANDLE, missing, TITLE } from './mapping';
import type { Mapping } from './mapping';

interface ColumnMapProps {
  columns: readonly ColumnOut[];
  targets: readonly string[];
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}

/** The columns of a file with what stands in them, and what each is. */
export function ColumnMap(props: ColumnMapProps) {
  const t = useT();
  const { columns, mapping } = props;
  // Exports of other systems have dozens that are empty and mean nothing here.
  const [idle] = useState(
    () => new Set(columns.filter((each) => !mapping[each.name] && each.examples.length === 0)),
  );
  const used = columns.filter((each) => !idle.has(each));
  return (
    <>
      <Needed mapping={mapping} />
      <Columns {...props} shown={used} label={t('imports.columns_title')} />
      {idle.size > 0 && (
        <details className="border-t border-line">
          <summary className="cursor-pointer px-4 py-3 text-[13px] text-muted">
            {t('imports.idle', { count: idle.size })}
          </summary>
          <Columns {...props} shown={[...idle]} label={t('imports.idle', { count: idle.size })} />
        </details>
      )}
    </>
  );
}

interface ColumnsProps extends ColumnMapProps {
  shown: readonly ColumnOut[];
  label: string;
}

function Columns({ columns, shown, label, targets, mapping, onChange }: ColumnsProps) {
  const t = useT();
  const twice = doubled(columns, mapping);
  return (
    <ul aria-label={label} className="divide-y divide-line">
      {shown.map((column, index) => {
        const { name, meaning, examples } = column;
        const target = mapping[name] ?? '';
        const choices = [...new Set([...targets, ...(meaning ? [meaning] : []), target])];
        const told = name || t('imports.unnamed', { number: columns.indexOf(column) + 1 });
        return (
          <li
            // Two columns may have the same name.
            // oxlint-disable-next-line no-array-index-key
            key={`${index} ${name}`}
            className={cn(
              'grid items-center gap-x-4 gap-y-1.5 px-4 py-2.5 sm:grid-cols-[minmax(0,1fr)_16rem]',
              !target && 'bg-tile/40',
            )}
          >
            <div className="min-w-0">
              <p className="font-medium break-words">
                {told} {target && !meaning && <Badge tone="info">{t('imports.guessed')}</Badge>}
                {twice.has(name) && <Badge tone="warn">{t('imports.doubled')}</Badge>}
              </p>
              <p className="truncate text-[13px] text-muted">
                {examples.length > 0 ? examples.join(' · ') : t('imports.empty_column')}
              </p>
            </div>
            <Select
              aria-label={t('imports.column_is', { name: told })}
              value={target}
              empty={t('imports.ignored')}
              onChange={(event) => onChange({ ...mapping, [name]: event.target.value })}
              choices={choices.filter(Boolean).map((value) => ({ value, label: value }))}
            />
          </li>
        );
      })}
    </ul>
  );
}

function Needed({ mapping }: { mapping: Mapping }) {
  const t = useT();
  const lacking = missing(mapping);
  const told = [
    { target: HANDLE, text: t('imports.needs_handle') },
    { target: TITLE, text: t('imports.needs_title') },
  ];
  return (
    <ul
      aria-label={t('imports.needed')}
      className="space-y-1 border-b border-line px-4 pb-3 text-[13px]"
    >
      {told.map(({ target, text }) => {
        const lacks = lacking.includes(target);
        const Icon = lacks ? CircleAlert : CircleCheck;
        return (
          <li key={target} className="flex gap-2">
            <Icon
              aria-hidden
              className={cn('mt-0.5 size-4 shrink-0', lacks ? 'text-danger' : 'text-brand')}
            />
            <span>
              <span className="font-medium">{target}</span>{' '}
              <span className="text-muted">{text}</span>
              {lacks && <span className="text-danger"> {t('imports.lacking')}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
