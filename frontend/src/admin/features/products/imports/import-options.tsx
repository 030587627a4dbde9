import type { StockMode } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useStore } from '@/admin/app/use-store';
import { Checkbox, Field, Select } from '@/admin/ui';
import type { Draft } from '@/admin/ui';

export interface ImportOptions {
  currency: string;
  stock: StockMode;
  location: string;
  with_pictures: boolean;
}

const plain = (values: readonly string[]) => values.map((each) => ({ value: each, label: each }));

interface OptionsProps {
  draft: Draft<ImportOptions>;
  /** The names of the shop's locations, the first one first. */
  locations: readonly string[];
}

/** How a file is imported, beside what its columns are. */
export function ImportOptionsForm({ draft, locations }: OptionsProps) {
  const t = useT();
  const store = useStore();
  const { value, set, error } = draft;
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field label={t('imports.currency')} error={error('currency')}>
        <Select
          value={value.currency}
          empty={store?.default_currency ?? ''}
          onChange={(event) => set({ currency: event.target.value })}
          choices={plain(
            (store?.currencies ?? []).filter((code) => code !== store?.default_currency),
          )}
        />
      </Field>
      <Field label={t('imports.stock')} error={error('stock')}>
        <Select
          value={value.stock}
          onChange={(event) => set({ stock: event.target.value as StockMode })}
          choices={(['create', 'replace'] as const).map((mode) => ({
            value: mode,
            label: t(`imports.stock_${mode}`),
          }))}
        />
      </Field>
      {locations.length > 1 && (
        <Field label={t('imports.location')} error={error('location')}>
          <Select
            value={value.location}
            empty={t('imports.location_first')}
            onChange={(event) => set({ location: event.target.value })}
            choices={plain(locations)}
          />
        </Field>
      )}
      <Checkbox
        className="sm:col-span-3"
        label={t('imports.with_pictures')}
        checked={value.with_pictures}
        onChange={(event) => set({ with_pictures: event.target.checked })}
      />
    </div>
  );
}
