import type { UseFormRegisterReturn } from 'react-hook-form';
import { TextField } from '@/shared/ui';
import { useT } from '../../../i18n';

interface Props {
  error: string | undefined;
  register: UseFormRegisterReturn;
  onPick: (number: string) => void;
}

const CARDS = [
  { number: '4242 4242 4242 4242', outcome: 'checkout.card.pays' },
  { number: '4000 0000 0000 0002', outcome: 'checkout.card.declined' },
] as const;

/**
 * The card of a demonstration: only the documented test numbers are taken, so browsers are not
 * asked to fill in a real one.
 */
export function CardFields({ error, register, onPick }: Props) {
  const t = useT();
  return (
    <div>
      <TextField
        label={t('pay.card')}
        inputMode="numeric"
        autoComplete="off"
        placeholder="4242 4242 4242 4242"
        error={error}
        {...register}
      />
      <div className="mt-3 rounded-btn bg-tile px-4 py-3 text-sm">
        <p>{t('checkout.card.demo')}</p>
        <ul className="mt-2 flex flex-col gap-2">
          {CARDS.map(({ number, outcome }) => (
            <li key={number} className="flex items-center justify-between gap-3">
              <span>
                <span className="font-medium whitespace-nowrap tabular-nums">{number}</span>{' '}
                <span className="block text-muted">{t(outcome)}</span>
              </span>
              <button
                type="button"
                className="link min-h-9 shrink-0"
                aria-label={t('checkout.card.use', { number })}
                onClick={() => onPick(number)}
              >
                {t('checkout.card.fill')}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
