import type { ReactNode } from 'react';
import { useT } from '../../../i18n';
import { AccountPage } from '../AccountPage';
import { DeleteAccount } from './DeleteAccount';
import { NameForm } from './NameForm';
import { PasswordForm } from './PasswordForm';
import { Sessions } from './Sessions';

export default function ProfilePage() {
  const t = useT();
  return (
    <AccountPage title={t('account.profile')}>
      <div className="mt-4 divide-y divide-line">
        <Part title={t('profile.about')} text={t('profile.aboutText')}>
          <NameForm />
        </Part>
        <Part title={t('profile.password')} text={t('profile.passwordText')}>
          <PasswordForm />
        </Part>
        <Part title={t('profile.sessions')} text={t('profile.sessionsText')}>
          <Sessions />
        </Part>
        <Part title={t('profile.delete')} text={t('profile.deleteText')}>
          <DeleteAccount />
        </Part>
      </div>
    </AccountPage>
  );
}

function Part({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="grid gap-x-10 gap-y-5 py-10 xl:grid-cols-[240px_minmax(0,28rem)]">
      <div>
        <h2 className="text-lg font-semibold">{title}</h2>
        <p className="mt-1 text-muted">{text}</p>
      </div>
      <div className="min-w-0 max-w-md">{children}</div>
    </section>
  );
}
