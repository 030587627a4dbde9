import { useEffect, useState } from 'react';
import type { BulkChange, CompareAt, ProductStatus } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useStore } from '@/admin/app/use-store';
import { Field, Input, PickMany, Select, TagInput } from '@/admin/ui';
import { minorUnits } from '@/admin/ui/format';
import { useCategoryChoices } from '../catalog';
import { STATUSES } from '../status';
import { basisPoints } from './change';
import type { BulkKind } from './change';

interface FormProps {
  onChange: (change: BulkChange | undefined) => void;
}

/** The change somebody describes; undefined while it says nothing yet. */
export function ChangeForm({ kind, onChange }: FormProps & { kind: BulkKind }) {
  if (kind === 'price') return <PriceForm onChange={onChange} />;
  if (kind === 'status') return <StatusForm onChange={onChange} />;
  return <AddRemoveForm kind={kind} onChange={onChange} />;
}

const ALL = '';

function PriceForm({ onChange }: FormProps) {
  const t = useT();
  const store = useStore();
  const [mode, setMode] = useState<'percent' | 'set'>('percent');
  const [text, setText] = useState('');
  const [chosen, setCurrency] = useState(ALL);
  const [compare_at, setCompareAt] = useState<CompareAt>('keep');
  const currency = mode === 'set' ? chosen || (store?.default_currency ?? '') : chosen;
  const percent_bp = mode === 'percent' ? basisPoints(text) : null;
  const amount = mode === 'set' ? minorUnits(text, currency) : null;
  const told = percent_bp ?? amount;
  useEffect(() => {
    if (told === null) onChange(undefined);
    else {
      const by = percent_bp === null ? { amount } : { percent_bp };
      onChange({ price: { ...by, ...(currency && { currency }), compare_at } });
    }
  }, [told, percent_bp, amount, currency, compare_at, onChange]);
  const currencies = (store?.currencies ?? []).map((code) => ({ value: code, label: code }));
  return (
    <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
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
        error={text.trim() !== '' && told === null ? t('products.not_an_amount') : undefined}
      >
        <Input
          inputMode="decimal"
          placeholder={mode === 'percent' ? '-10' : '19.99'}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <Field label={t('variants.currency')}>
        <Select
          value={currency}
          onChange={(event) => setCurrency(event.target.value)}
          choices={currencies}
          {...(mode === 'percent' && { empty: t('variants.all_currencies') })}
        />
      </Field>
      <Field label={t('bulk.compare_at')}>
        <Select
          value={compare_at}
          onChange={(event) => setCompareAt(event.target.value as CompareAt)}
          choices={(['keep', 'was', 'clear'] as const).map((value) => ({
            value,
            label: t(`bulk.compare_at_${value}`),
          }))}
        />
      </Field>
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
          onChange(wanted ? { status: wanted } : undefined);
        }}
        choices={STATUSES.map((value) => ({ value, label: t(`products.status_${value}`) }))}
      />
    </Field>
  );
}

function AddRemoveForm({ kind, onChange }: FormProps & { kind: 'category' | 'tags' }) {
  const t = useT();
  const categories = useCategoryChoices();
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const change = (next: { add: string[]; remove: string[] }) => {
    setAdd(next.add);
    setRemove(next.remove);
    if (next.add.length + next.remove.length === 0) onChange(undefined);
    else if (kind === 'tags') onChange({ add_tags: next.add, remove_tags: next.remove });
    else onChange({ add_category_ids: next.add, remove_category_ids: next.remove });
  };
  const input = (values: string[], onValues: (values: string[]) => void) =>
    kind === 'tags' ? (
      <TagInput values={values} onChange={onValues} placeholder={t('bulk.tags_placeholder')} />
    ) : (
      <PickMany
        choices={categories}
        values={values}
        placeholder={t('products.pick_categories')}
        onChange={onValues}
      />
    );
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('bulk.add')}>{input(add, (next) => change({ add: next, remove }))}</Field>
      <Field label={t('bulk.remove')}>
        {input(remove, (next) => change({ add, remove: next }))}
      </Field>
    </div>
  );
}
