import {
  adminLocationsChange,
  adminLocationsCreate,
  adminLocationsDelete,
  adminLocationsGet,
} from '@/api/gen/sdk.gen';
import type { Address, LocationOut, LocationWrite } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Checkbox, EditDialog, Field, ifMatch, Input } from '@/admin/ui';
import { AddressFields } from './address-fields';

interface LocationDialogProps {
  location: LocationOut | undefined;
  onClose: () => void;
  onChanged: () => unknown;
}

export interface LocationDraft {
  name: string;
  code: string;
  priority: string;
  is_active: boolean;
  address: Address | null;
}

const valueOf = (location: LocationOut | undefined): LocationDraft => ({
  name: location?.name ?? '',
  code: location?.code ?? '',
  priority: String(location?.priority ?? 0),
  is_active: location?.is_active ?? true,
  address: location?.address ?? null,
});

const bodyOf = (value: LocationDraft): LocationWrite => ({
  ...value,
  priority: Number(value.priority),
  // Parcels leave from there under the location's name.
  address: value.address && { ...value.address, name: value.address.name || value.name },
});

export function LocationDialog({ location, onClose, onChanged }: LocationDialogProps) {
  const t = useT();
  const check = (value: LocationDraft) => {
    const wrong: Record<string, string> = {};
    if (!value.name.trim()) wrong.name = t('form.required');
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(value.code)) {
      wrong.code = t('inventory.not_a_code');
    }
    if (!/^-?\d{1,6}$/.test(value.priority.trim())) wrong.priority = t('form.not_a_number');
    for (const field of ['line1', 'city', 'country'] as const) {
      if (value.address && !value.address[field]) wrong[`address.${field}`] = t('form.required');
    }
    return wrong;
  };
  return (
    <EditDialog
      resource={location}
      name={location?.name ?? ''}
      title={
        location
          ? t('inventory.edit_location', { name: location.name })
          : t('inventory.add_location')
      }
      valueOf={valueOf}
      check={check}
      bodyOf={bodyOf}
      create={(body, once) => adminLocationsCreate({ body, ...once, throwOnError: true })}
      change={({ id, version }, body) =>
        adminLocationsChange({
          path: { location_id: id },
          body,
          ...ifMatch(version),
          throwOnError: true,
        })
      }
      remove={{
        text: t('inventory.delete_location_text'),
        send: ({ id, version }) =>
          adminLocationsDelete({
            path: { location_id: id },
            ...ifMatch(version),
            throwOnError: true,
          }),
      }}
      reload={async ({ id }) =>
        (await adminLocationsGet({ path: { location_id: id }, throwOnError: true })).data
      }
      onClose={onClose}
      onChanged={onChanged}
    >
      {({ value, set, error }) => (
        <>
          <Field label={t('inventory.location_name')} error={error('name')}>
            <Input value={value.name} onChange={(event) => set({ name: event.target.value })} />
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field
              label={t('inventory.location_code')}
              hint={t('inventory.location_code_hint')}
              error={error('code')}
            >
              <Input value={value.code} onChange={(event) => set({ code: event.target.value })} />
            </Field>
            <Field
              label={t('inventory.priority')}
              hint={t('inventory.priority_hint')}
              error={error('priority')}
            >
              <Input
                inputMode="numeric"
                value={value.priority}
                onChange={(event) => set({ priority: event.target.value })}
              />
            </Field>
          </div>
          <Checkbox
            label={t('inventory.open')}
            hint={t('inventory.open_hint')}
            checked={value.is_active}
            onChange={(event) => set({ is_active: event.target.checked })}
          />
          <AddressFields
            address={value.address}
            onChange={(address) => set({ address })}
            error={(field) => error(`address.${field}`)}
          />
        </>
      )}
    </EditDialog>
  );
}
