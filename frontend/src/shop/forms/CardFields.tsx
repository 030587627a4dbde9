import { TextField } from '@/shared/ui';
import { useT } from '../i18n';
import type { ZodForm } from './useZodForm';

interface WithCard {
  card_number: string;
}

const CARDS = [
  { number: '4242 4242 4242 4242', outcome: 'pay.test.pays' },
  { number: '4000 0000 0000 0002', outcome: 'pay.test.declined' },
] as const;

/** Digits in groups; whether the card is good, the server says. */
export const CARD_NUMBER = /^[0-9 ]{12,23}$/;

/**
 * The card of a demonstration: only the documented test numbers are taken, so browsers are not
 * asked to fill in a real one.
 */
export function CardFields<Values extends WithCard>({ form: whole }: { form: ZodForm<Values> }) {
  const t = useT();
  // What else the form asks for does not matter here.
  const form = whole as unknown as ZodForm<WithCard>;
  const pick = (number: string) => {
    form.setValue('card_number', number, { shouldValidate: form.formState.isSubmitted });
    form.setFocus('card_number');
  };
  return (
    <div>
      <TextField
        label={t('pay.card')}
        inputMode="numeric"
        autoComplete="off"
        placeholder="4242 4242 4242 4242"
        error={form.wrong('card_number')}
        {...form.register('card_number')}
      />
      <div className="mt-3 rounded-btn bg-tile px-4 py-3 text-sm">
        <p>{t('pay.test.about')}</p>
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
                aria-label={t('pay.test.use', { number })}
                onClick={() => pick(number)}
              >
                {t('pay.test.fill')}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
