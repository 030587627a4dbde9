import { useT } from '@/admin/i18n';
import { Button } from '../button';
import { Dialog } from '../dialog';

interface StaleDialogProps {
  open: boolean;
  /** What was being edited, as in "Haven Mug". */
  name: string;
  /** Load what is there now; what was typed is lost. */
  onReload: () => void;
  /** Save what was typed over what is there now. */
  onOverwrite: () => void;
  onClose: () => void;
}

/** The answer to 412: somebody else saved first. Nothing typed is lost until one decides. */
export function StaleDialog({ open, name, onReload, onOverwrite, onClose }: StaleDialogProps) {
  const t = useT();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      size="small"
      title={t('stale.title', { name })}
      actions={
        <>
          <Button onClick={onReload}>{t('stale.reload')}</Button>
          <Button look="danger" onClick={onOverwrite}>
            {t('stale.overwrite')}
          </Button>
        </>
      }
    >
      {t('stale.text')}
    </Dialog>
  );
}
