import { useState } from 'react';
import { Copy } from 'lucide-react';
import { toast } from '@/admin/ui/toast';
import { adminApiKeysIssue } from '@/api/gen/sdk.gen';
import type { IssuedKeyOut, Permission } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Button, Dialog, Field, FormDialog, Input, useDraft, useSubmit } from '@/admin/ui';
import { PermissionBoxes } from './permission-boxes';

interface NewKeyDialogProps {
  onClose: () => void;
  onChanged: () => unknown;
}

/** Makes a server key, and shows its text the only time that it can be seen. */
export function NewKeyDialog({ onClose, onChanged }: NewKeyDialogProps) {
  const t = useT();
  const draft = useDraft({ name: '', scopes: [] as Permission[] });
  const [issued, setIssued] = useState<IssuedKeyOut>();
  const { value, set, error } = draft;
  const { busy, submit } = useSubmit(draft, ({ name, scopes }) => ({
    ...(!name.trim() && { name: t('form.required') }),
    ...(scopes.length === 0 && { scopes: t('staff.no_scopes') }),
  }));
  const make = async () => {
    const { data } = await adminApiKeysIssue({ body: value, throwOnError: true });
    setIssued(data);
    await onChanged();
  };
  if (issued) return <Issued issued={issued} onClose={onClose} />;
  return (
    <FormDialog
      draft={draft}
      busy={busy}
      title={t('staff.add_key')}
      description={t('staff.keys_hint')}
      action={t('staff.make_key')}
      onSubmit={() => void submit(make)}
      onClose={onClose}
    >
      <Field label={t('settings.name')} error={error('name')}>
        <Input
          value={value.name}
          placeholder={t('staff.key_example')}
          onChange={(event) => set({ name: event.target.value })}
        />
      </Field>
      <PermissionBoxes
        values={value.scopes}
        onChange={(scopes) => set({ scopes })}
        error={error('scopes')}
      />
    </FormDialog>
  );
}

function Issued({ issued, onClose }: { issued: IssuedKeyOut; onClose: () => void }) {
  const t = useT();
  const copy = async () => {
    await navigator.clipboard.writeText(issued.key);
    toast.success(t('staff.copied'));
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('staff.key_made', { name: issued.name })}
      description={t('staff.key_once')}
      actions={
        <Button look="primary" onClick={onClose}>
          {t('staff.key_kept')}
        </Button>
      }
    >
      <Field label={t('staff.key')}>
        <Input readOnly value={issued.key} className="font-mono text-[13px]" />
      </Field>
      <Button className="mt-3" onClick={() => void copy()}>
        <Copy aria-hidden />
        {t('staff.copy')}
      </Button>
    </Dialog>
  );
}
