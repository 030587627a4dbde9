import { useRef, useState } from 'react';
import type { CartOut, CheckoutOut } from '@/api/gen';
import { asProblem, Problem } from '@/api/problem';
import { within } from '../../../forms';
import { useShopLanguage, type Key } from '../../../i18n';
import { prefixOf } from '../../../languages';
import type { Step } from '../progress';
import { stepToBlame } from '../refusals';
import type { PaymentValues } from './schema';
import type { ProviderForm } from './StripeElement';
import { useOutcome } from './useOutcome';
import { usePurchase } from './usePurchase';
import { purchaseOf, type Way } from './way';

interface Buying {
  /** The cart that the buyer meant to pay for, if it has changed since. */
  seen?: CartOut;
  /** Why it was refused. */
  obstacle?: Problem;
  /** Why there was no money. */
  declined?: string;
}

/** Sends the purchase, and says what came of it. A second press while it is sent does nothing. */
export function useBuying(
  cart: CartOut,
  way: Way,
  onRefused: (step: Step, problem: Problem) => void,
) {
  const { t, locale } = useShopLanguage();
  const purchase = usePurchase();
  const outcome = useOutcome();
  const provider = useRef<ProviderForm>(null);
  const sending = useRef(false);
  const [state, setState] = useState<Buying>({});
  const shop = () => location.origin + prefixOf(locale);

  const decline = (words: string | undefined) => setState({ declined: words });

  const answered = async (answer: CheckoutOut): Promise<void> => {
    const { order, payment } = answer;
    if (order.payment_status === 'paid') return outcome.thank(order);
    // A card that was declined in the provider's form or page leaves them open for another.
    if (way === 'element' && payment.client_secret) {
      outcome.wait(answer);
      const back = `${shop()}/orders/${order.id}/confirmed?paid=1`;
      return decline(await provider.current?.pay(payment.client_secret, back));
    }
    if (payment.url) return outcome.leave(answer, payment.url);
    if (payment.status === 'failed') {
      outcome.wait(answer);
      return decline(declinedBy(payment.failure?.code));
    }
    if (payment.status === 'requires_action') {
      outcome.wait(answer);
      return decline(t('checkout.bankAsks'));
    }
    // Nobody knows yet: the order's page goes on asking.
    return outcome.thank(order);
  };

  const declinedBy = (code: string | null | undefined): string => {
    const key = `checkout.declined.${code ?? ''}`;
    const words = t(key as Key);
    return words === key ? t('pay.declined') : words;
  };

  const refused = async (thrown: unknown): Promise<void> => {
    const problem = asProblem(thrown);
    const step = stepToBlame(problem);
    if (problem.kind === 'cart-completed') return outcome.paidAlready(problem);
    if (problem.kind === 'cart-changed') {
      outcome.showCart(problem.members.cart as CartOut);
      return setState({ seen: cart });
    }
    if (step) return onRefused(step, problem);
    if (problem.kind === 'card-refused') {
      const errors = [{ pointer: '/card_number', message: t('problem.cardRefused') }];
      throw new Problem(problem.status, { ...problem.members, errors });
    }
    if (problem.errors.length > 0) throw within(problem, '/billing_address');
    return setState({ obstacle: problem });
  };

  const buy = async (values: PaymentValues): Promise<void> => {
    if (sending.current) return;
    sending.current = true;
    setState({});
    try {
      const wrong = await provider.current?.check();
      const body = purchaseOf(cart, values, way, shop());
      if (wrong) decline(wrong);
      else if (body) await answered(await purchase.mutateAsync(body));
    } catch (thrown) {
      await refused(thrown);
    } finally {
      sending.current = false;
    }
  };

  return { ...state, buy, provider };
}
