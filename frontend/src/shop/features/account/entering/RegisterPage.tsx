import { orNull } from '../../../forms';
import { useT } from '../../../i18n';
import { join } from './entering';
import { EnterPage, REGISTERING } from './EnterPage';

export default function RegisterPage() {
  const t = useT();
  return (
    <EnterPage
      kind={REGISTERING}
      text={<p>{t('register.text')}</p>}
      onSend={({ name, ...credentials }) => join({ ...credentials, name: orNull(name) })}
    />
  );
}
