import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SavedAddressOut } from '@/api/gen';
import {
  addressesListAddressesOptions,
  addressesListAddressesQueryKey,
} from '@/api/gen/@tanstack/react-query.gen';
import { useSession } from '@/shared/session';
import { Dialog, EmptyState, ErrorState, Skeleton, toast } from '@/shared/ui';
import { useT } from '../../../i18n';
import { AccountPage } from '../AccountPage';
import { AddressCard } from './AddressCard';
import { AddressForm } from './AddressForm';

/** What the dialog is about: an address, or a new one. */
type Edited = { address: SavedAddressOut | undefined };

export default function AddressesPage() {
  const t = useT();
  const [edited, setEdited] = useState<Edited>();
  return (
    <AccountPage
      title={t('account.addresses')}
      action={
        <button
          type="button"
          className="btn btn-primary"
          onClick={() => setEdited({ address: undefined })}
        >
          {t('addresses.add')}
        </button>
      }
    >
      <Addresses onEdit={(address) => setEdited({ address })} />
      <AddressDialog edited={edited} onClose={() => setEdited(undefined)} />
    </AccountPage>
  );
}

function Addresses({ onEdit }: { onEdit: (address: SavedAddressOut) => void }) {
  const t = useT();
  const { data, error, refetch } = useQuery(addressesListAddressesOptions());
  if (!data) {
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Waiting />;
  }
  if (data.items.length === 0) {
    return <EmptyState title={t('addresses.none')}>{t('addresses.noneText')}</EmptyState>;
  }
  return (
    <ul className="mt-8 grid gap-4 sm:grid-cols-2">
      {data.items.map((address) => (
        <AddressCard key={address.id} address={address} onEdit={() => onEdit(address)} />
      ))}
    </ul>
  );
}

function AddressDialog({ edited, onClose }: { edited: Edited | undefined; onClose: () => void }) {
  const t = useT();
  const queries = useQueryClient();
  const { user } = useSession();
  const title = t(edited?.address ? 'addresses.edit' : 'addresses.add');
  const saved = () => {
    void queries.invalidateQueries({ queryKey: addressesListAddressesQueryKey() });
    toast(t('addresses.saved'));
    onClose();
  };
  return (
    <Dialog open={edited !== undefined} onClose={onClose} label={title} side="modal">
      <div className="p-6 sm:p-8">
        <h2 className="mb-6 font-display text-h2">{title}</h2>
        <AddressForm
          address={edited?.address}
          name={user?.name ?? ''}
          onSaved={saved}
          onCancel={onClose}
        />
      </div>
    </Dialog>
  );
}

function Waiting() {
  return (
    <div className="mt-8 grid gap-4 sm:grid-cols-2">
      <Skeleton className="h-56 w-full rounded-tile!" />
      <Skeleton className="h-56 w-full rounded-tile!" />
    </div>
  );
}
