import { useEffect, useState } from 'react';
import type { ProductStatus, StaffProduct } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useStore } from '@/admin/app/use-store';
import { Field, Input, PickMany, Select, TagInput } from '@/admin/ui';
import { minorUnits } from '@/admin/ui/format';
import { useCategoryChoices } from '../catalog';
import { STATUSES } from '../status';
import { percentOf } from './plan';
import type { BulkChange } from './plan';

export type BulkKind = 'price' | 'status' | 'category' | 'tags';

interface FormProps {
  products: readonly StaffProduct[];
  onChange: (change: BulkChange | undefined) => void;
}

/** The change somebody describes; undefined while it says nothing yet. */
export function ChangeForm({ kind, ...rest }: FormProps & { kind: BulkKind }) {
  if (kind === 'price') return <PriceForm {...rest} />;
  if (kind === 'status') return <StatusForm {...rest} />;
  return <AddRemoveForm kind={kind} {...rest} />;
}

function PriceForm({ onChange }: FormProps) {
  const t = useT();
  const store = useStore();
  const [mode, setMode] = useState<'percent' | 'set'>('percent');
  const [text, setText] = useState('');
  const [chosen, setCurrency] = useState<string>();
  const currency = chosen ?? store?.default_currency ?? '';
  const percent = percentOf(text);
  const amount = minorUnits(text, currency);
  const wrong = text.trim() !== '' && (mode === 'percent' ? percent === null : amount === null);
  useEffect(() => {
    if (mode === 'percent') {
      onChange(percent === null ? undefined : { kind: 'price_percent', percent });
    } else onChange(amount === null ? undefined : { kind: 'price_set', currency, amount });
  }, [mode, percent, amount, currency, onChange]);
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field label={t('bulk.price_how')}>
        <Select
          value={mode}
          onChange={(event) => setMode(event.target.value as 'percent' | 'set')}
          choices={[
            { value: 'percent', label: t('bulk.price_percent') },
            { value: 'set', label: t('bulk.price_set') },
          ]}
        />
      </Field>
      <Field
        label={mode === 'percent' ? t('bulk.percent') : t('bulk.amount')}
        hint={mode === 'percent' ? t('bulk.percent_hint') : undefined}
        error={wrong ? t('products.not_an_amount') : undefined}
      >
        <Input
          inputMode="decimal"
          placeholder={mode === 'percent' ? '-10' : '19.99'}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      {mode === 'set' && (
        <Field label={t('variants.currency')}>
          <Select
            value={currency}
            onChange={(event) => setCurrency(event.target.value)}
            choices={(store?.currencies ?? []).map((code) => ({ value: code, label: code }))}
          />
        </Field>
      )}
    </div>
  );
}

function StatusForm({ onChange }: FormProps) {
  const t = useT();
  const [status, setStatus] = useState('');
  return (
    <Field label={t('products.column_status')} className="max-w-xs">
      <Select
        value={status}
        empty={t('bulk.choose')}
        onChange={(event) => {
          setStatus(event.target.value);
          const wanted = event.target.value as ProductStatus | '';
          onChange(wanted ? { kind: 'status', status: wanted } : undefined);
        }}
        choices={STATUSES.map((value) => ({ value, label: t(`products.status_${value}`) }))}
      />
    </Field>
  );
}

function AddRemoveForm({ kind, products, onChange }: FormProps & { kind: 'category' | 'tags' }) {
  const t = useT();
  const categories = useCategoryChoices();
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const change = (next: { add: string[]; remove: string[] }) => {
    setAdd(next.add);
    setRemove(next.remove);
    onChange(next.add.length + next.remove.length > 0 ? { kind, ...next } : undefined);
  };
  const present = new Set(
    kind === 'tags'
      ? products.flatMap((product) => product.tags)
      : products.flatMap((product) => product.categories.map((category) => category.id)),
  );
  const choices =
    kind === 'tags' ? [...present].map((tag) => ({ value: tag, label: tag })) : categories;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('bulk.add')}>
        {kind === 'tags' ? (
          <TagInput values={add} onChange={(next) => change({ add: next, remove })} />
        ) : (
          <PickMany
            choices={choices}
            values={add}
            placeholder={t('products.pick_categories')}
            onChange={(next) => change({ add: next, remove })}
          />
        )}
      </Field>
      <Field label={t('bulk.remove')}>
        <PickMany
          choices={choices.filter((choice) => present.has(choice.value))}
          values={remove}
          placeholder={t('bulk.choose')}
          onChange={(next) => change({ add, remove: next })}
        />
      </Field>
    </div>
  );
}
