import { Elements, PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js';
import { loadStripe } from '@stripe/stripe-js/pure';
import { useImperativeHandle, useMemo, useState, type Ref } from 'react';
import type { MoneyOut } from '@/api/gen';
import { useShopLanguage } from '../../../i18n';
import { useShop } from '../../../shop';

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

/** Stripe's own form. Its script is fetched when this is shown, not before. */
export default function StripeElement({ amount, ref }: Props) {
  const { locale } = useShopLanguage();
  const { publishable_key: key } = useShop().store;
  const [stripe] = useState(() => loadStripe(key ?? ''));
  const options = useMemo(
    () => ({
      mode: 'payment' as const,
      amount: amount.amount,
      currency: amount.currency.toLowerCase(),
      locale: locale === 'en' ? ('en' as const) : ('auto' as const),
      appearance: { variables: { borderRadius: '10px', fontSizeBase: '16px' } },
    }),
    [amount.amount, amount.currency, locale],
  );
  return (
    <Elements stripe={stripe} options={options}>
      <Fields ref={ref} />
    </Elements>
  );
}

function Fields({ ref }: { ref: Ref<ProviderForm> }) {
  const stripe = useStripe();
  const elements = useElements();
  useImperativeHandle(
    ref,
    () => ({
      check: async () => {
        const outcome = await elements?.submit();
        return outcome?.error?.message;
      },
      pay: async (clientSecret, returnUrl) => {
        if (!stripe || !elements) return undefined;
        const confirmParams = { return_url: returnUrl };
        const { error } = await stripe.confirmPayment({ elements, clientSecret, confirmParams });
        return error.message;
      },
    }),
    [stripe, elements],
  );
  return <PaymentElement />;
}
