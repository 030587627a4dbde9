import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import {
  adminRolesListRolesOptions,
  adminRolesListRolesQueryKey,
} from '@/api/gen/@tanstack/react-query.gen';
import type { RoleOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Button, EmptyState } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { StaffHeader } from '../headers';
import { permissionText } from '../staff/permission-boxes';
import { RoleDialog } from '../staff/role-dialog';
import { ThingTable } from '../thing-table';

export default function Roles() {
  const t = useT();
  const cache = useQueryClient();
  const page = useQuery(adminRolesListRolesOptions());
  const [editing, setEditing] = useState<RoleOut | 'new'>();
  const columns: Column<RoleOut>[] = [
    {
      id: 'name',
      header: t('settings.name'),
      cell: (role) => <span className="font-medium">{role.name}</span>,
    },
    {
      id: 'permissions',
      header: t('staff.permissions'),
      cell: (role) => (
        <span className="text-[13px] text-muted">
          {role.permissions.includes('*')
            ? t('staff.may_all')
            : role.permissions.map(permissionText).join(' · ') || t('staff.may_nothing')}
        </span>
      ),
    },
  ];
  const add = (
    <Button look="primary" onClick={() => setEditing('new')}>
      <Plus aria-hidden />
      {t('staff.add_role')}
    </Button>
  );
  return (
    <>
      <StaffHeader actions={add} />
      <ThingTable
        label={t('staff.roles')}
        page={page}
        columns={columns}
        idOf={(role) => role.id}
        nameOf={(role) => role.name}
        onEdit={setEditing}
        isFixed={(role) => role.name === 'administrator'}
        empty={
          <EmptyState icon={<KeyRound />} title={t('staff.no_roles')} action={add}>
            {t('staff.no_roles_hint')}
          </EmptyState>
        }
      />
      {editing && (
        <RoleDialog
          role={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onChanged={() => cache.invalidateQueries({ queryKey: adminRolesListRolesQueryKey() })}
        />
      )}
    </>
  );
}
