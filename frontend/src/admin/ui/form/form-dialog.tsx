import { useState } from 'react';
import type { ReactNode } from 'react';
import { useT } from '@/admin/i18n';
import { Button } from '../button';
import { ConfirmDialog } from '../confirm-dialog';
import { Dialog } from '../dialog';
import { FormErrors } from './form-errors';
import type { Draft } from './use-draft';

interface FormDialogProps<V extends object> {
  draft: Draft<V>;
  busy: boolean;
  title: string;
  description?: ReactNode;
  size?: 'small' | 'normal';
  /** What the button says; without it "Save". */
  action?: string;
  /** More buttons, at the left. */
  beside?: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
  /** The fields. */
  children: ReactNode;
}

/** The frame of a form in a dialog: Enter in any field sends it, and closing asks what was typed. */
export function FormDialog<V extends object>(props: FormDialogProps<V>) {
  const { draft, busy, description, size, onSubmit, onClose } = props;
  const t = useT();
  const [leaving, setLeaving] = useState(false);
  const ask = () => (draft.dirty && !busy ? setLeaving(true) : onClose());
  const action = props.action ?? t('action.save');
  return (
    <Dialog
      open
      onClose={ask}
      title={props.title}
      {...(size && { size })}
      {...(description !== undefined && { description })}
      actions={
        <>
          {props.beside}
          <Button onClick={ask}>{t('action.cancel')}</Button>
          <Button look="primary" busy={busy} onClick={onSubmit}>
            {action}
          </Button>
        </>
      }
    >
      <FormErrors title={t('form.not_saved')} messages={draft.messages} />
      <form
        noValidate
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {props.children}
        <button type="submit" hidden disabled={busy}>
          {action}
        </button>
      </form>
      <ConfirmDialog
        open={leaving}
        title={t('form.close_title')}
        confirm={t('form.discard')}
        danger
        onConfirm={onClose}
        onClose={() => setLeaving(false)}
      >
        {t('form.close_text')}
      </ConfirmDialog>
    </Dialog>
  );
}
