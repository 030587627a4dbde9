import { useMemo, useState } from 'react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import {
  adminRolesListRolesOptions,
  adminUsersListUsersOptions,
  adminUsersListUsersQueryKey,
} from '@/api/gen/@tanstack/react-query.gen';
import type { Profile } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { Badge, Button, DataList, EmptyState, useList } from '@/admin/ui';
import type { Column, Filter } from '@/admin/ui';
import { StaffHeader } from '../headers';
import { PersonDialog } from '../staff/person-dialog';

const idOf = (person: Profile) => person.id;

function useColumns(edit: (person: Profile) => void): Column<Profile>[] {
  const t = useT();
  const mayEdit = useMay()('customers:write');
  const columns: Column<Profile>[] = [
    {
      id: 'name',
      header: t('settings.name'),
      fixed: true,
      cell: (person) => <span className="font-medium">{person.name ?? '–'}</span>,
    },
    { id: 'email', header: t('staff.email'), stack: 'plain', cell: (person) => person.email },
    {
      id: 'roles',
      header: t('staff.roles'),
      cell: (person) => (
        <span className="flex flex-wrap gap-1.5">
          {person.roles.length > 0
            ? person.roles.map((role) => <Badge key={role.id}>{role.name}</Badge>)
            : '–'}
        </span>
      ),
    },
    {
      id: 'state',
      header: t('staff.account'),
      cell: (person) =>
        person.is_active ? (
          <Badge tone="good">{t('staff.active')}</Badge>
        ) : (
          <Badge tone="danger">{t('staff.inactive')}</Badge>
        ),
    },
  ];
  if (mayEdit) {
    columns.push({
      id: 'edit',
      header: '',
      fixed: true,
      align: 'right',
      cell: (person) => (
        <Button
          size="small"
          aria-label={t('settings.edit', { name: person.email })}
          onClick={() => edit(person)}
        >
          {t('action.edit')}
        </Button>
      ),
    });
  }
  return columns;
}

export default function People() {
  const t = useT();
  const cache = useQueryClient();
  const mayRoles = useMay()('staff:write');
  const roles = useQuery({ ...adminRolesListRolesOptions(), enabled: mayRoles }).data?.items;
  const filters = useMemo<Filter[]>(
    () => [
      {
        id: 'role',
        label: t('staff.role'),
        kind: 'choice',
        choices: (roles ?? []).map(({ id, name }) => ({ value: id, label: name })),
      },
    ],
    [t, roles],
  );
  const list = useList({ id: 'people', filters });
  const [editing, setEditing] = useState<Profile>();
  const role = list.value('role');
  const page = useQuery({
    ...adminUsersListUsersOptions({
      query: {
        limit: 50,
        ...(list.q && { q: list.q }),
        ...(role && { role }),
        ...(list.cursor && { cursor: list.cursor }),
      },
    }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <StaffHeader />
      <DataList
        label={t('staff.people')}
        list={list}
        page={page}
        columns={useColumns(setEditing)}
        idOf={idOf}
        searchLabel={t('staff.search')}
        empty={
          <EmptyState icon={<Users />} title={t('staff.nobody')}>
            {t('staff.nobody_hint')}
          </EmptyState>
        }
      />
      {editing && (
        <PersonDialog
          person={editing}
          onClose={() => setEditing(undefined)}
          onChanged={() => cache.invalidateQueries({ queryKey: adminUsersListUsersQueryKey() })}
        />
      )}
    </>
  );
}
