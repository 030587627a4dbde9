import { useQuery } from '@tanstack/react-query';
import { adminRolesListRolesOptions } from '@/api/gen/@tanstack/react-query.gen';
import { adminUsersChange, adminUsersRead } from '@/api/gen/sdk.gen';
import type { Profile } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { Checkbox, EditDialog, FieldError, ifMatch } from '@/admin/ui';

interface PersonDialogProps {
  person: Profile;
  onClose: () => void;
  onChanged: () => unknown;
}

const change = async (current: Profile, body: { roles?: string[]; is_active?: boolean }) =>
  adminUsersChange({
    path: { user_id: current.id },
    body,
    ...ifMatch(current.version),
    throwOnError: true,
  });

/** Somebody's roles, and whether they may sign in. */
export function PersonDialog({ person, onClose, onChanged }: PersonDialogProps) {
  const t = useT();
  const mayRoles = useMay()('staff:write');
  const roles = useQuery({ ...adminRolesListRolesOptions(), enabled: mayRoles }).data?.items ?? [];
  return (
    <EditDialog
      resource={person}
      name={person.email}
      title={t('settings.edit', { name: person.name ?? person.email })}
      valueOf={(from) => ({
        is_active: from?.is_active ?? true,
        roles: (from?.roles ?? []).map((role) => role.id),
      })}
      check={() => ({})}
      bodyOf={(value) => value}
      create={() => Promise.reject(new Error('accounts are made by those they belong to'))}
      change={change}
      reload={async ({ id }) =>
        (await adminUsersRead({ path: { user_id: id }, throwOnError: true })).data
      }
      onClose={onClose}
      onChanged={onChanged}
    >
      {({ value, set, error }) => (
        <>
          <Checkbox
            label={t('staff.may_sign_in')}
            hint={t('staff.may_sign_in_hint')}
            checked={value.is_active}
            onChange={(event) => set({ is_active: event.target.checked })}
          />
          {mayRoles && (
            <fieldset className="space-y-2">
              <legend className="mb-2 text-[13px] font-medium">{t('staff.roles')}</legend>
              {roles.map((role) => (
                <Checkbox
                  key={role.id}
                  label={role.name}
                  checked={value.roles.includes(role.id)}
                  onChange={(event) =>
                    set({
                      roles: event.target.checked
                        ? [...value.roles, role.id]
                        : value.roles.filter((id) => id !== role.id),
                    })
                  }
                />
              ))}
              <FieldError message={error('roles')} />
            </fieldset>
          )}
        </>
      )}
    </EditDialog>
  );
}
