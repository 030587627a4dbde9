import {
  adminRegionsChange,
  adminRegionsCreate,
  adminRegionsDelete,
  adminRegionsGet,
} from '@/api/gen/sdk.gen';
import type { RegionWrite, StaffRegion } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Checkbox, EditDialog, Field, ifMatch, Input, PickMany } from '@/admin/ui';
import { useCountryChoices } from '@/admin/ui/countries';

interface RegionDialogProps {
  region: StaffRegion | undefined;
  onClose: () => void;
  onChanged: () => unknown;
}

const valueOf = (region: StaffRegion | undefined) => ({
  name: region?.name ?? '',
  currency: region?.currency ?? '',
  tax_inclusive: region?.tax_inclusive ?? true,
  countries: region?.countries ?? [],
  is_default: region?.is_default ?? false,
});
type RegionDraft = ReturnType<typeof valueOf>;

const path = ({ id }: StaffRegion) => ({ path: { region_id: id }, throwOnError: true }) as const;

export function RegionDialog({ region, onClose, onChanged }: RegionDialogProps) {
  const t = useT();
  const countries = useCountryChoices();
  const check = ({ name, currency }: RegionDraft) => ({
    ...(!name.trim() && { name: t('form.required') }),
    ...(!/^[A-Z]{3}$/.test(currency) && { currency: t('settings.not_a_currency') }),
  });
  return (
    <EditDialog
      resource={region}
      name={region?.name ?? ''}
      title={region ? t('settings.edit', { name: region.name }) : t('markets.add_region')}
      valueOf={valueOf}
      check={check}
      bodyOf={(value): RegionWrite => value}
      create={(body, once) => adminRegionsCreate({ body, ...once, throwOnError: true })}
      change={(current, body) =>
        adminRegionsChange({ ...path(current), body, ...ifMatch(current.version) })
      }
      remove={{
        text: t('markets.delete_region_text'),
        send: (current) => adminRegionsDelete({ ...path(current), ...ifMatch(current.version) }),
      }}
      reload={async (current) => (await adminRegionsGet(path(current))).data}
      onClose={onClose}
      onChanged={onChanged}
    >
      {({ value, set, error }) => (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('settings.name')} error={error('name')}>
              <Input value={value.name} onChange={(event) => set({ name: event.target.value })} />
            </Field>
            <Field
              label={t('markets.currency')}
              hint={t('markets.currency_hint')}
              error={error('currency')}
            >
              <Input
                value={value.currency}
                maxLength={3}
                placeholder="TZS"
                onChange={(event) => set({ currency: event.target.value.toUpperCase() })}
              />
            </Field>
          </div>
          <Field
            label={t('markets.countries')}
            hint={t('markets.countries_hint')}
            error={error('countries')}
          >
            <PickMany
              placeholder={t('form.choose')}
              choices={countries}
              values={value.countries}
              onChange={(picked) => set({ countries: picked })}
            />
          </Field>
          <Checkbox
            label={t('markets.tax_inclusive')}
            hint={t('markets.tax_inclusive_hint')}
            checked={value.tax_inclusive}
            onChange={(event) => set({ tax_inclusive: event.target.checked })}
          />
          <Checkbox
            label={t('markets.default')}
            hint={t('markets.default_hint')}
            checked={value.is_default}
            disabled={region?.is_default ?? false}
            onChange={(event) => set({ is_default: event.target.checked })}
          />
        </>
      )}
    </EditDialog>
  );
}
