import { useT } from '@/admin/i18n';
import { Dialog } from '@/admin/ui';
import { LoginForm } from './login-form';

/** Asked above the page when a session ends under somebody. */
export default function SignInAgain({ email }: { email: string }) {
  const t = useT();
  return (
    <Dialog
      open
      onClose={() => undefined}
      size="small"
      title={t('login.again')}
      description={t('login.again_hint')}
    >
      <LoginForm email={email} />
    </Dialog>
  );
}
