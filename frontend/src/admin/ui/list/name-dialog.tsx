import { useState } from 'react';
import { useT } from '@/admin/i18n';
import { Button } from '../button';
import { Dialog } from '../dialog';
import { Field, Input } from '../field';

interface NameDialogProps {
  onClose: () => void;
  onName: (name: string) => void;
}

export default function NameDialog({ onClose, onName }: NameDialogProps) {
  const t = useT();
  const [name, setName] = useState('');
  const keep = () => {
    if (!name.trim()) return;
    onName(name.trim());
    setName('');
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      size="small"
      title={t('views.save')}
      description={t('views.save_hint')}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" disabled={!name.trim()} onClick={keep}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <Field label={t('views.name')}>
        <Input
          value={name}
          maxLength={40}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && keep()}
        />
      </Field>
    </Dialog>
  );
}
