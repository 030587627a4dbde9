import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import { useT } from '@/admin/i18n';
import { ConfirmDialog } from '../confirm-dialog';

/**
 * Asks before a page with unsaved changes is left: by a link, by Back, by closing the window.
 * Returns the question; draw it.
 */
export function useUnsavedGuard(dirty: boolean) {
  const t = useT();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      dirty && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!dirty) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);
  return (
    <ConfirmDialog
      open={blocker.state === 'blocked'}
      title={t('form.leave_title')}
      confirm={t('form.leave')}
      danger
      onConfirm={() => blocker.proceed?.()}
      onClose={() => blocker.state === 'blocked' && blocker.reset()}
    >
      {t('form.leave_text')}
    </ConfirmDialog>
  );
}
