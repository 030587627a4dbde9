import { useLocation } from 'react-router';
import { useT } from '../../../i18n';
import { enter } from './entering';
import { EnterPage, SIGNING_IN } from './EnterPage';

export default function LoginPage() {
  const t = useT();
  const { state } = useLocation();
  const expired = (state as { expired?: boolean } | null)?.expired === true;
  return (
    <EnterPage
      kind={SIGNING_IN}
      text={
        <p role={expired ? 'status' : undefined}>{t(expired ? 'login.expired' : 'login.text')}</p>
      }
      onSend={({ email, password }) => enter({ email, password })}
    />
  );
}
