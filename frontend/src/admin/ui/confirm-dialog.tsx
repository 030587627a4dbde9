import { useState } from 'react';
import type { ReactNode } from 'react';
import { useT } from '@/admin/i18n';
import { Button } from './button';
import { Dialog } from './dialog';

interface ConfirmDialogProps {
  open: boolean;
  title: string;
  children?: ReactNode;
  /** What the button says: the deed, not "OK". */
  confirm: string;
  danger?: boolean;
  onConfirm: () => unknown;
  onClose: () => void;
}

/** Asks before something that is hard to take back. Stays open, busy, until the deed is done. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    try {
      await props.onConfirm();
      props.onClose();
    } catch {
      // Whoever does the deed tells why it failed; the question stays.
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={props.title}
      size="small"
      actions={
        <>
          <Button onClick={props.onClose}>{t('action.cancel')}</Button>
          <Button look={props.danger ? 'danger' : 'primary'} busy={busy} onClick={confirm}>
            {props.confirm}
          </Button>
        </>
      }
    >
      {props.children}
    </Dialog>
  );
}
