import {
  adminTaxRatesChange,
  adminTaxRatesCreate,
  adminTaxRatesDelete,
  adminTaxRatesGet,
} from '@/api/gen/sdk.gen';
import type { StaffRegion, TaxRateOut, TaxRateWrite } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Checkbox, EditDialog, Field, ifMatch, Input, Select } from '@/admin/ui';
import { useCountryNames } from '@/admin/ui/countries';
import { basisPoints, percentText } from '../units';

interface TaxDialogProps {
  rate: TaxRateOut | undefined;
  regions: readonly StaffRegion[];
  onClose: () => void;
  onChanged: () => unknown;
}

const path = ({ id }: TaxRateOut) => ({ path: { rate_id: id }, throwOnError: true }) as const;

const taxDraft = (from: TaxRateOut | undefined, region: string) => ({
  region_id: from?.region_id ?? region,
  name: from?.name ?? '',
  rate_bp: from ? percentText(from.rate_bp) : '',
  country: from?.country ?? '',
  state: from?.state ?? '',
  applies_to_shipping: from?.applies_to_shipping ?? true,
});
type TaxDraft = ReturnType<typeof taxDraft>;

const bodyOf = (value: TaxDraft): TaxRateWrite => ({
  ...value,
  rate_bp: basisPoints(value.rate_bp) ?? 0,
  country: value.country || null,
  state: value.state.trim() || null,
});

export function TaxDialog({ rate, regions, onClose, onChanged }: TaxDialogProps) {
  const t = useT();
  const names = useCountryNames();
  const check = ({ name, rate_bp, country, state }: TaxDraft) => ({
    ...(!name.trim() && { name: t('form.required') }),
    ...(basisPoints(rate_bp) === null && { rate_bp: t('markets.not_a_rate') }),
    ...(state.trim() && !country && { country: t('markets.state_needs_country') }),
  });
  return (
    <EditDialog
      resource={rate}
      name={rate?.name ?? ''}
      title={rate ? t('settings.edit', { name: rate.name }) : t('markets.add_tax')}
      valueOf={(from) => taxDraft(from, regions[0]?.id ?? '')}
      check={check}
      bodyOf={bodyOf}
      create={(body, once) => adminTaxRatesCreate({ body, ...once, throwOnError: true })}
      change={(current, body) =>
        adminTaxRatesChange({ ...path(current), body, ...ifMatch(current.version) })
      }
      remove={{
        text: t('markets.delete_tax_text'),
        send: (current) => adminTaxRatesDelete({ ...path(current), ...ifMatch(current.version) }),
      }}
      reload={async (current) => (await adminTaxRatesGet(path(current))).data}
      onClose={onClose}
      onChanged={onChanged}
    >
      {({ value, set, error }) => {
        const region = regions.find(({ id }) => id === value.region_id);
        return (
          <>
            <Field label={t('markets.region')} error={error('region_id')}>
              <Select
                value={value.region_id}
                disabled={rate !== undefined}
                choices={regions.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={(event) => set({ region_id: event.target.value, country: '' })}
              />
            </Field>
            <div className="grid gap-4 sm:grid-cols-2">
              <Field label={t('settings.name')} error={error('name')}>
                <Input
                  value={value.name}
                  placeholder={t('markets.tax_example')}
                  onChange={(event) => set({ name: event.target.value })}
                />
              </Field>
              <Field label={t('markets.rate')} error={error('rate_bp')}>
                <Input
                  inputMode="decimal"
                  value={value.rate_bp}
                  placeholder="18"
                  onChange={(event) => set({ rate_bp: event.target.value })}
                />
              </Field>
              <Field label={t('address.country')} error={error('country')}>
                <Select
                  value={value.country}
                  empty={t('markets.whole_region')}
                  choices={(region?.countries ?? []).map((code) => ({
                    value: code,
                    label: names[code] ?? code,
                  }))}
                  onChange={(event) => set({ country: event.target.value })}
                />
              </Field>
              <Field
                label={t('address.state')}
                hint={t('markets.state_hint')}
                error={error('state')}
              >
                <Input
                  value={value.state}
                  onChange={(event) => set({ state: event.target.value })}
                />
              </Field>
            </div>
            <Checkbox
              label={t('markets.taxes_shipping')}
              checked={value.applies_to_shipping}
              onChange={(event) => set({ applies_to_shipping: event.target.checked })}
            />
          </>
        );
      }}
    </EditDialog>
  );
}
