import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { toast } from '@/admin/ui/toast';
import { adminUsersReadOptions } from '@/api/gen/@tanstack/react-query.gen';
import { adminUsersChange } from '@/api/gen/sdk.gen';
import type { CustomerDetail } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { Button, ConfirmDialog, ifMatch, isStale, toastProblem, toastUndo } from '@/admin/ui';
import { useSession } from '@/shared/session';

interface ActivationProps {
  customer: CustomerDetail;
  onChanged: () => void;
}

/** Lets somebody in, or keeps them out. Staff need more than this to shut out staff. */
export function Activation({ customer, onChanged }: ActivationProps) {
  const t = useT();
  const may = useMay();
  const { user } = useSession();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const query = adminUsersReadOptions({ path: { user_id: customer.id } });
  const account = useQuery(query).data;
  if (!account || account.id === user?.id) return null;
  if (account.roles.length > 0 && !may('staff:write')) return null;
  const active = account.is_active;
  const name = customer.name ?? customer.email;
  const set = async (is_active: boolean, version: number) => {
    const { data } = await adminUsersChange({
      path: { user_id: account.id },
      body: { is_active },
      ...ifMatch(version),
      throwOnError: true,
    });
    cache.setQueryData(query.queryKey, data);
    onChanged();
    return data;
  };
  const change = async () => {
    try {
      const { version } = await set(!active, account.version);
      toastUndo(t(active ? 'customers.deactivated' : 'customers.activated', { name }), () =>
        set(active, version),
      );
    } catch (error) {
      // Somebody changed the account meanwhile: show it as it is now, then ask again.
      if (isStale(error)) {
        await cache.invalidateQueries({ queryKey: query.queryKey });
        onChanged();
        toast.error(t('stale.title', { name }));
      } else toastProblem(error);
      throw error;
    }
  };
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        {t(active ? 'customers.deactivate' : 'customers.activate')}
      </Button>
      <ConfirmDialog
        open={asking}
        title={t(active ? 'customers.deactivate_title' : 'customers.activate_title', { name })}
        confirm={t(active ? 'customers.deactivate' : 'customers.activate')}
        danger={active}
        onConfirm={change}
        onClose={() => setAsking(false)}
      >
        {t(active ? 'customers.deactivate_hint' : 'customers.activate_hint')}
      </ConfirmDialog>
    </>
  );
}
