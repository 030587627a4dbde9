import {
  adminShippingOptionsChange,
  adminShippingOptionsCreate,
  adminShippingOptionsDelete,
  adminShippingOptionsGet,
} from '@/api/gen/sdk.gen';
import type { StaffRegion, StaffShippingOption } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Checkbox, EditDialog, Field, ifMatch, Input, Select } from '@/admin/ui';
import type { Draft } from '@/admin/ui';
import { currencyOf, shippingBody, shippingDraft, shippingErrors } from './shipping-draft';
import type { ShippingDraft } from './shipping-draft';

interface ShippingDialogProps {
  option: StaffShippingOption | undefined;
  regions: readonly StaffRegion[];
  onClose: () => void;
  onChanged: () => unknown;
}

const path = ({ id }: StaffShippingOption) =>
  ({ path: { option_id: id }, throwOnError: true }) as const;

export function ShippingDialog({ option, regions, onClose, onChanged }: ShippingDialogProps) {
  const t = useT();
  return (
    <EditDialog
      resource={option}
      name={option?.name ?? ''}
      title={option ? t('settings.edit', { name: option.name }) : t('markets.add_shipping')}
      valueOf={(from) => shippingDraft(from, regions[0]?.id ?? '')}
      check={(draft) => shippingErrors(draft, currencyOf(draft, regions))}
      bodyOf={(draft) => shippingBody(draft, currencyOf(draft, regions))}
      create={(body, once) => adminShippingOptionsCreate({ body, ...once, throwOnError: true })}
      change={(current, body) =>
        adminShippingOptionsChange({ ...path(current), body, ...ifMatch(current.version) })
      }
      remove={{
        text: t('markets.delete_shipping_text'),
        send: (current) =>
          adminShippingOptionsDelete({ ...path(current), ...ifMatch(current.version) }),
      }}
      reload={async (current) => (await adminShippingOptionsGet(path(current))).data}
      onClose={onClose}
      onChanged={onChanged}
    >
      {(draft) => <Fields draft={draft} regions={regions} isNew={option === undefined} />}
    </EditDialog>
  );
}

interface FieldsProps {
  draft: Draft<ShippingDraft>;
  regions: readonly StaffRegion[];
  isNew: boolean;
}

function Fields({ draft: { value, set, error }, regions, isNew }: FieldsProps) {
  const t = useT();
  const currency = currencyOf(value, regions);
  const input = (
    field: Exclude<keyof ShippingDraft, 'region_id' | 'is_active'>,
    label: string,
    mode: 'text' | 'numeric' | 'decimal' = 'numeric',
  ) => (
    <Field label={label} error={error(field)}>
      <Input
        inputMode={mode}
        value={value[field]}
        onChange={(event) => set({ [field]: event.target.value })}
      />
    </Field>
  );
  return (
    <>
      <Field label={t('markets.region')} error={error('region_id')}>
        <Select
          value={value.region_id}
          disabled={!isNew}
          choices={regions.map((region) => ({
            value: region.id,
            label: `${region.name} · ${region.currency}`,
          }))}
          onChange={(event) => set({ region_id: event.target.value })}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        {input('name', t('settings.name'), 'text')}
        {input('carrier', t('markets.carrier'), 'text')}
        {input('price', t('markets.price_in', { currency }), 'decimal')}
        {input('position', t('markets.position'))}
        {input('min_days', t('markets.min_days'))}
        {input('max_days', t('markets.max_days'))}
      </div>
      <fieldset>
        <legend className="font-medium">{t('markets.offered_for')}</legend>
        <p className="mb-3 text-[13px] text-muted">{t('markets.offered_for_hint')}</p>
        <div className="grid gap-4 sm:grid-cols-2">
          {input('min_total', t('markets.min_total', { currency }), 'decimal')}
          {input('max_total', t('markets.max_total', { currency }), 'decimal')}
          {input('min_weight_g', t('markets.min_weight'))}
          {input('max_weight_g', t('markets.max_weight'))}
        </div>
      </fieldset>
      <Checkbox
        label={t('markets.offered')}
        checked={value.is_active}
        onChange={(event) => set({ is_active: event.target.checked })}
      />
    </>
  );
}
