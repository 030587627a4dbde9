import { Lock } from 'lucide-react';
import { useState } from 'react';
import type { CartOut } from '@/api/gen';
import type { Problem } from '@/api/problem';
import { FormProblem, useZodForm } from '../../../forms';
import { fieldsOf } from '../../../forms/address';
import { useShopLanguage } from '../../../i18n';
import { useShop } from '../../../shop';
import type { Step } from '../progress';
import { ErrorSummary } from '../steps/ErrorSummary';
import { useFaults } from '../steps/useFaults';
import { BillingFields } from './BillingFields';
import { ChangedCart } from './ChangedCart';
import { Obstacle } from './Obstacle';
import { PayFields } from './PayFields';
import { LABELS, paymentSchema } from './schema';
import { useBuying } from './useBuying';
import { wayOf } from './way';

interface Props {
  cart: CartOut;
  /** An earlier step is to blame. */
  onRefused: (step: Step, problem: Problem) => void;
}

/** The last step. It may be sent as often as one likes: it buys once. */
export function PaymentStep({ cart, onRefused }: Props) {
  const { t, money } = useShopLanguage();
  const way = wayOf(useShop().store, cart);
  const [schema] = useState(() => paymentSchema(way === 'test-card'));
  const form = useZodForm(schema, { ...fieldsOf({}), card_number: '', same: true });
  const faults = useFaults(form, LABELS);
  const { seen, obstacle, declined, buy, provider } = useBuying(cart, way, onRefused);
  const busy = form.formState.isSubmitting;
  const due = cart.totals.grand_total;
  const action = way === 'nothing' ? t('checkout.place') : t('pay.action', { amount: money(due) });
  return (
    <form noValidate onSubmit={form.send(buy)} className="flex flex-col gap-5">
      <ErrorSummary {...faults} />
      <PayFields way={way} amount={due} form={form} provider={provider} />
      <BillingFields form={form} country={cart.country ?? ''} />
      {seen && <ChangedCart before={seen} after={cart} />}
      {obstacle && <Obstacle problem={obstacle} cart={cart} />}
      <FormProblem text={declined ?? form.problem} />
      <button
        type="submit"
        aria-disabled={busy || undefined}
        className="btn btn-primary h-13"
        onClick={(event) => {
          if (busy) event.preventDefault();
        }}
      >
        <Lock aria-hidden className="size-4" />
        {busy ? t('pay.busy') : action}
      </button>
      <p className="text-center text-sm text-muted">{t('checkout.once')}</p>
    </form>
  );
}
