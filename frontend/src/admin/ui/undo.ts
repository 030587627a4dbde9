import { t } from '@/admin/i18n';
import { toastProblem } from './problem';
import { toast } from './toast';

/**
 * Tell what was done, with a button that takes it back. Only for what can be taken back: `undo` is a
 * call like any other, and is refused like any other when somebody else was there meanwhile.
 */
export function toastUndo(text: string, undo: () => Promise<unknown>): void {
  const attempt = async () => {
    try {
      await undo();
      toast.success(t('action.undone'));
    } catch (error) {
      toastProblem(error);
    }
  };
  toast.success(text, { action: { label: t('action.undo'), onClick: () => void attempt() } });
}
