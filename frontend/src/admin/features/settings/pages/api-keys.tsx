import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import {
  adminApiKeysListKeysOptions,
  adminApiKeysListKeysQueryKey,
} from '@/api/gen/@tanstack/react-query.gen';
import { adminApiKeysRevoke } from '@/api/gen/sdk.gen';
import type { ApiKeyOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Badge, Button, ConfirmDialog, DateTime, EmptyState, toastProblem } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { StaffHeader } from '../headers';
import { NewKeyDialog } from '../staff/new-key-dialog';
import { permissionText } from '../staff/permission-boxes';
import { ThingTable } from '../thing-table';

function useColumns(revoke: (key: ApiKeyOut) => void): Column<ApiKeyOut>[] {
  const t = useT();
  return [
    {
      id: 'name',
      header: t('settings.name'),
      cell: (key) => (
        <>
          <span className="font-medium">{key.name}</span>
          <span className="block font-mono text-[13px] text-muted">{key.prefix}…</span>
        </>
      ),
    },
    {
      id: 'scopes',
      header: t('staff.permissions'),
      cell: (key) => (
        <span className="text-[13px] text-muted">
          {key.scopes.includes('*')
            ? t('staff.may_all')
            : key.scopes.map(permissionText).join(' · ')}
        </span>
      ),
    },
    {
      id: 'used',
      header: t('staff.last_used'),
      cell: (key) => <DateTime value={key.last_used_at} relative />,
    },
    {
      id: 'state',
      header: t('staff.state'),
      align: 'right',
      cell: (key) =>
        key.revoked_at ? (
          <Badge>{t('staff.revoked')}</Badge>
        ) : (
          <Button
            size="small"
            aria-label={t('staff.revoke_name', { name: key.name })}
            onClick={() => revoke(key)}
          >
            {t('staff.revoke')}
          </Button>
        ),
    },
  ];
}

export default function ApiKeys() {
  const t = useT();
  const cache = useQueryClient();
  const page = useQuery(adminApiKeysListKeysOptions());
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiKeyOut>();
  const columns = useColumns(setRevoking);
  const onChanged = () => cache.invalidateQueries({ queryKey: adminApiKeysListKeysQueryKey() });
  const revoke = async () => {
    if (!revoking) return;
    try {
      await adminApiKeysRevoke({ path: { key_id: revoking.id }, throwOnError: true });
      await onChanged();
    } catch (error) {
      toastProblem(error);
      throw error;
    }
  };
  const add = (
    <Button look="primary" onClick={() => setMaking(true)}>
      <Plus aria-hidden />
      {t('staff.add_key')}
    </Button>
  );
  return (
    <>
      <StaffHeader actions={add} />
      <ThingTable
        label={t('staff.keys')}
        page={page}
        columns={columns}
        idOf={(key) => key.id}
        nameOf={(key) => key.name}
        empty={
          <EmptyState icon={<KeyRound />} title={t('staff.no_keys')} action={add}>
            {t('staff.keys_hint')}
          </EmptyState>
        }
      />
      {making && <NewKeyDialog onClose={() => setMaking(false)} onChanged={onChanged} />}
      <ConfirmDialog
        open={revoking !== undefined}
        title={t('staff.revoke_name', { name: revoking?.name ?? '' })}
        confirm={t('staff.revoke')}
        danger
        onConfirm={revoke}
        onClose={() => setRevoking(undefined)}
      >
        {t('staff.revoke_text')}
      </ConfirmDialog>
    </>
  );
}
