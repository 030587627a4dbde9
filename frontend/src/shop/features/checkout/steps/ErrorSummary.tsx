import { useT } from '../../../i18n';

export interface Fault {
  name: string;
  label: string;
  text: string;
}

interface Props {
  faults: Fault[];
  onGo: (name: string) => void;
}

/**
 * All that is wrong with a form in one place, each leading to its field. One fault needs none: the
 * focus is on it already.
 */
export function ErrorSummary({ faults, onGo }: Props) {
  const t = useT();
  if (faults.length < 2) return null;
  const title = t('checkout.faults', { count: faults.length });
  return (
    <div
      role="group"
      aria-label={title}
      className="mb-5 rounded-btn border border-sale px-4 py-3 text-sm"
    >
      <p className="font-semibold text-sale">{title}</p>
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
