import { useEffect, useRef } from 'react';
import { useT } from '../../../i18n';

export interface Fault {
  name: string;
  label: string;
  text: string;
}

interface Props {
  faults: Fault[];
  /** Rises with each try to send. */
  tries: number;
  onGo: (name: string) => void;
}

/** All that is wrong with a form in one place, each leading to its field. One fault needs none. */
export function ErrorSummary({ faults, tries, onGo }: Props) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const many = faults.length > 1;
  useEffect(() => {
    if (tries > 0 && many) box.current?.focus();
    // Only a try to send moves the focus, not what is put right while typing.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [tries]);
  if (!many) return null;
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="group"
      aria-label={t('checkout.faults', { count: faults.length })}
      className="mb-5 rounded-btn border border-sale px-4 py-3 text-sm"
    >
      <p className="font-semibold text-sale">{t('checkout.faults', { count: faults.length })}</p>
      <ul className="mt-1">
        {faults.map(({ name, label, text }) => (
          <li key={name}>
            <button type="button" className="link min-h-7 text-left" onClick={() => onGo(name)}>
              {label}: {text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
