import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addressesChange, addressesDelete, type SavedAddressOut } from '@/api/gen';
import { addressesListAddressesQueryKey } from '@/api/gen/@tanstack/react-query.gen';
import { asProblem } from '@/api/problem';
import { Dialog, toast } from '@/shared/ui';
import { wordsFor } from '../../../forms';
import { useT } from '../../../i18n';
import { AddressText } from '../../tracking';

interface Props {
  address: SavedAddressOut;
  onEdit: () => void;
}

export function AddressCard({ address, onEdit }: Props) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  const path = { address_id: address.id };
  const makeDefault = useAddressChange(() =>
    addressesChange({ path, body: { is_default: true }, throwOnError: true }),
  );
  const remove = useAddressChange(() => addressesDelete({ path, throwOnError: true }));
  const action = 'link min-h-9 text-sm font-medium';
  return (
    <li className="flex flex-col rounded-tile border border-line bg-surface p-5">
      {address.is_default && <p className="mb-2 text-sm font-semibold">{t('addresses.default')}</p>}
      <div className="flex-1">
        <AddressText address={address} />
      </div>
      <div className="mt-4 flex flex-wrap gap-x-5">
        <button type="button" className={action} onClick={onEdit}>
          {t('addresses.change')}
          <span className="sr-only">: {address.line1}</span>
        </button>
        <button type="button" className={action} onClick={() => setAsking(true)}>
          {t('addresses.delete')}
          <span className="sr-only">: {address.line1}</span>
        </button>
        {!address.is_default && (
          <button type="button" className={action} onClick={() => makeDefault.mutate()}>
            {t('addresses.makeDefault')}
            <span className="sr-only">: {address.line1}</span>
          </button>
        )}
      </div>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        label={t('addresses.deleteTitle')}
        side="modal"
      >
        <div className="p-6 sm:p-8">
          <h2 className="font-display text-h2">{t('addresses.deleteTitle')}</h2>
          <div className="mt-4">
            <AddressText address={address} />
          </div>
          <div className="mt-6 flex flex-col gap-3 sm:flex-row-reverse">
            <button
              type="button"
              className="btn btn-danger"
              disabled={remove.isPending}
              onClick={() => remove.mutate(undefined, { onSettled: () => setAsking(false) })}
            >
              {t('addresses.delete')}
            </button>
            <button type="button" className="btn btn-ghost" onClick={() => setAsking(false)}>
              {t('action.cancel')}
            </button>
          </div>
        </div>
      </Dialog>
    </li>
  );
}

function useAddressChange(change: () => Promise<unknown>) {
  const t = useT();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => toast(t('addresses.saved')),
    onError: (error) => toast(wordsFor(asProblem(error), t), { tone: 'problem' }),
    onSettled: () => queries.invalidateQueries({ queryKey: addressesListAddressesQueryKey() }),
  });
}
