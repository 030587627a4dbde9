import { Elements, PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js';
import { loadStripe } from '@stripe/stripe-js/pure';
import type { Stripe, StripeElements } from '@stripe/stripe-js';
import { useEffect, useImperativeHandle, useMemo, useState, type Ref } from 'react';
import type { MoneyOut } from '@/api/gen';
import { FormProblem } from '../../../forms';
import { useShopLanguage } from '../../../i18n';
import { useShop } from '../../../shop';
import { stripeAmount } from './stripeAmount';

/** What the payment step asks of the provider's form. */
export interface ProviderForm {
  /** Checks what was typed; the message of what is wrong, if anything is. */
  check: () => Promise<string | undefined>;
  /** Pays. On success it goes to the page given, perhaps by way of the bank's. */
  pay: (secret: string, returnUrl: string) => Promise<string | undefined>;
}

interface Props {
  amount: MoneyOut;
  ref: Ref<ProviderForm>;
}

interface Loaded {
  stripe: Stripe;
  elements: StripeElements;
}

/** Whoever presses before the form is there waits for it; `null` is one that never comes. */
interface Coming {
  form: Promise<Loaded | null>;
  settle: (form: Loaded | null) => void;
}

function coming(): Coming {
  let settle!: Coming['settle'];
  const form = new Promise<Loaded | null>((resolve) => {
    settle = resolve;
  });
  return { form, settle };
}

/** Stripe's own form. Its script is fetched when this is shown, not before. */
export default function StripeElement({ amount, ref }: Props) {
  const { t, locale } = useShopLanguage();
  const { publishable_key: key } = useShop().store;
  const [{ form, settle }] = useState(coming);
  const [isMissing, setMissing] = useState(false);
  const [stripe] = useState(() =>
    loadStripe(key ?? '').catch(() => {
      setMissing(true);
      settle(null);
      return null;
    }),
  );
  const options = useMemo(
    () => ({
      mode: 'payment' as const,
      amount: stripeAmount(amount),
      currency: amount.currency.toLowerCase(),
      locale: locale === 'en' ? ('en' as const) : ('auto' as const),
      appearance: { variables: { borderRadius: '10px', fontSizeBase: '16px' } },
    }),
    [amount, locale],
  );
  useImperativeHandle(
    ref,
    () => ({
      check: async () => {
        const loaded = await form;
        if (!loaded) return t('pay.formMissing');
        const { error } = await loaded.elements.submit();
        return error && (error.message ?? t('pay.declined'));
      },
      pay: async (clientSecret, returnUrl) => {
        const loaded = await form;
        if (!loaded) return t('pay.formMissing');
        const confirmParams = { return_url: returnUrl };
        const { error } = await loaded.stripe.confirmPayment({
          elements: loaded.elements,
          clientSecret,
          confirmParams,
        });
        return error.message ?? t('pay.declined');
      },
    }),
    [t, form],
  );
  return (
    <Elements stripe={stripe} options={options}>
      {isMissing && <FormProblem text={t('pay.formMissing')} />}
      <Fields onLoaded={settle} />
    </Elements>
  );
}

function Fields({ onLoaded }: { onLoaded: (form: Loaded) => void }) {
  const stripe = useStripe();
  const elements = useElements();
  useEffect(() => {
    if (stripe && elements) onLoaded({ stripe, elements });
  }, [stripe, elements, onLoaded]);
  return <PaymentElement />;
}
