import {
  adminRolesChange,
  adminRolesCreate,
  adminRolesDelete,
  adminRolesListRoles,
} from '@/api/gen/sdk.gen';
import type { NewRole, Permission, RoleOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { EditDialog, Field, ifMatch, Input } from '@/admin/ui';
import { PermissionBoxes } from './permission-boxes';

interface RoleDialogProps {
  role: RoleOut | undefined;
  onClose: () => void;
  onChanged: () => unknown;
}

const valueOf = (role: RoleOut | undefined): NewRole => ({
  name: role?.name ?? '',
  permissions: (role?.permissions ?? []) as Permission[],
});

async function reread(role: RoleOut): Promise<RoleOut> {
  const { data } = await adminRolesListRoles({ throwOnError: true });
  return data.items.find(({ id }) => id === role.id) ?? role;
}

const path = ({ id }: RoleOut) => ({ path: { role_id: id }, throwOnError: true }) as const;

export function RoleDialog({ role, onClose, onChanged }: RoleDialogProps) {
  const t = useT();
  return (
    <EditDialog
      resource={role}
      name={role?.name ?? ''}
      title={role ? t('settings.edit', { name: role.name }) : t('staff.add_role')}
      valueOf={valueOf}
      check={({ name }): Record<string, string> =>
        name.trim() ? {} : { name: t('form.required') }
      }
      bodyOf={(value): NewRole => value}
      create={(body, once) => adminRolesCreate({ body, ...once, throwOnError: true })}
      change={(current, body) =>
        adminRolesChange({ ...path(current), body, ...ifMatch(current.version) })
      }
      remove={{
        text: t('staff.delete_role_text'),
        send: (current) => adminRolesDelete(path(current)),
      }}
      reload={reread}
      onClose={onClose}
      onChanged={onChanged}
    >
      {({ value, set, error }) => (
        <>
          <Field label={t('settings.name')} error={error('name')}>
            <Input
              value={value.name}
              maxLength={100}
              placeholder={t('staff.role_example')}
              onChange={(event) => set({ name: event.target.value })}
            />
          </Field>
          <PermissionBoxes
            values={value.permissions}
            onChange={(permissions) => set({ permissions })}
            error={error('permissions')}
          />
        </>
      )}
    </EditDialog>
  );
}
