import type { Permission } from '@/api/gen/types.gen';
import { tAny, useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { Checkbox, FieldError } from '@/admin/ui';

/** In the order of the API. */
export const PERMISSIONS = [
  'catalog:read',
  'catalog:write',
  'inventory:read',
  'inventory:write',
  'orders:read',
  'orders:write',
  'orders:create',
  'orders:refund',
  'payments:read',
  'customers:read',
  'customers:write',
  'analytics:read',
  'markets:write',
  'staff:write',
  'audit:read',
  'operations:read',
  'operations:write',
] as const satisfies Permission[];

export const permissionText = (permission: string) =>
  tAny(`staff.may_${permission.replace(':', '_')}`, permission);

interface PermissionBoxesProps {
  values: readonly string[];
  onChange: (values: Permission[]) => void;
  error: string | undefined;
}

/** What somebody may do. What one does not hold oneself cannot be given or taken away. */
export function PermissionBoxes({ values, onChange, error }: PermissionBoxesProps) {
  const t = useT();
  const may = useMay();
  const choices = (['*', ...PERMISSIONS] as const).filter((permission) => may(permission));
  const kept = values as readonly Permission[];
  return (
    <fieldset>
      <legend className="mb-2 text-[13px] font-medium">{t('staff.permissions')}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {choices.map((permission) => (
          <Checkbox
            key={permission}
            label={permission === '*' ? t('staff.may_all') : permissionText(permission)}
            checked={values.includes(permission)}
            onChange={(event) =>
              onChange(
                event.target.checked
                  ? [...kept, permission]
                  : kept.filter((other) => other !== permission),
              )
            }
          />
        ))}
      </div>
      <FieldError message={error} />
    </fieldset>
  );
}
