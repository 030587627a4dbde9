import { Minus, Plus } from 'lucide-react';
import { cx } from '../cx';
import { useLanguage } from '../i18n';

interface Props {
  value: number;
  onChange: (value: number) => void;
  min?: number;
  max?: number;
  /** What is counted, for those who cannot see it: the product's name. */
  label: string;
  /** 36 px high instead of 52. */
  small?: boolean;
}

/** A quantity with a button on either side; the field itself takes digits, too. */
export function Stepper({ value, onChange, min = 1, max = 99, label, small = false }: Props) {
  const { t } = useLanguage();
  const set = (next: number) => onChange(Math.min(max, Math.max(min, next)));
  const button = cx('grid h-full place-items-center disabled:opacity-40', small ? 'w-9' : 'w-11');
  return (
    <fieldset
      aria-label={`${t('quantity.label')}: ${label}`}
      className={cx(
        'flex shrink-0 items-center border border-field bg-surface',
        small ? 'h-9 rounded-full' : 'h-13 rounded-btn',
      )}
    >
      <button
        type="button"
        className={button}
        aria-label={t('quantity.decrease')}
        disabled={value <= min}
        onClick={() => set(value - 1)}
      >
        <Minus aria-hidden className="size-4" />
      </button>
      <input
        inputMode="numeric"
        aria-label={t('quantity.label')}
        value={value}
        onChange={(event) => {
          const digits = event.target.value.replace(/\D/g, '');
          if (digits) set(Number(digits));
        }}
        className={cx(
          'h-full bg-transparent text-center font-medium tabular-nums outline-offset-0',
          small ? 'w-7 text-sm' : 'w-8',
        )}
      />
      <button
        type="button"
        className={button}
        aria-label={t('quantity.increase')}
        disabled={value >= max}
        onClick={() => set(value + 1)}
      >
        <Plus aria-hidden className="size-4" />
      </button>
    </fieldset>
  );
}
