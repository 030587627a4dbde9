import { useState } from 'react';
import { Navigate } from 'react-router';
import type { CartOut } from '@/api/gen';
import type { Problem } from '@/api/problem';
import { useSession } from '@/shared/session';
import { EmptyState, ErrorState, Skeleton } from '@/shared/ui';
import { Link } from '@/shop/Link';
import { useSearchParams } from '@/shop/useSearchParams';
import { useT } from '../../i18n';
import { useShop } from '../../shop';
import { useTitle } from '../../layout/useTitle';
import { countOf, EmptyCart, useCart, usePaidCart } from '../cart';
import { isUnanswered } from './attempt';
import { PaymentStep } from './payment/PaymentStep';
import { firstOpen, stepAt, STEPS, type Step } from './progress';
import { ContactStep } from './steps/ContactStep';
import { DeliveryStep } from './steps/DeliveryStep';
import { DeliveryGiven } from './steps/DeliveryGiven';
import { StepSection } from './steps/StepSection';
import { Summary } from './Summary';

/** The checkout: three steps on one page, each with an address of its own. */
export default function CheckoutPage() {
  const t = useT();
  useTitle(t('checkout.title'));
  return (
    <>
      <h1 className="sr-only">{t('checkout.title')}</h1>
      <Checkout />
    </>
  );
}

function Checkout() {
  const { status } = useSession();
  const guestsMay = useShop().store.features.guest_checkout;
  const { data: cart, isLoading, error, refetch } = useCart();
  const paid = usePaidCart((state) => state.orderId);
  if (paid && isUnanswered()) return <Navigate to={`/orders/${paid}/confirmed`} replace />;
  if (isLoading || status === 'unknown') return <Waiting />;
  if (error && !cart) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!cart || countOf(cart) === 0) return <EmptyCart />;
  if (status === 'guest' && !guestsMay) return <MembersOnly />;
  return <Steps cart={cart} />;
}

function Steps({ cart }: { cart: CartOut }) {
  const t = useT();
  const [query, setQuery] = useSearchParams();
  const [refused, setRefused] = useState<{ step: Step; problem: Problem }>();
  const step = stepAt(query.get('step'), cart);
  const furthest = STEPS.indexOf(firstOpen(cart));
  const go = (next: Step) => setQuery({ step: next }, { preventScrollReset: true });
  const done = (next: Step) => {
    setRefused(undefined);
    go(next);
  };
  const section = (name: Step) => ({
    number: STEPS.indexOf(name) + 1,
    title: t(`checkout.${name}`),
    state: stateOf(name, step, furthest),
    onChange: () => go(name),
  });
  const problemOf = (name: Step) => (refused?.step === name ? refused.problem : undefined);
  return (
    <div className="lg:grid lg:min-h-[calc(100vh-4rem)] lg:grid-cols-[minmax(0,1.1fr)_minmax(0,0.9fr)]">
      <div className="lg:col-start-2 lg:row-start-1">
        <Summary cart={cart} />
      </div>
      <div className="mx-auto w-full max-w-[576px] px-4 pb-16 lg:mr-0 lg:ml-auto lg:px-10 lg:pt-6">
        {query.has('cancelled') && (
          <p role="status" className="mt-6 rounded-btn bg-tile px-4 py-3 text-sm">
            {t('checkout.cancelled')}
          </p>
        )}
        <StepSection {...section('contact')} given={cart.email}>
          <ContactStep cart={cart} refused={problemOf('contact')} onDone={() => done('delivery')} />
        </StepSection>
        <StepSection {...section('delivery')} given={<DeliveryGiven cart={cart} />}>
          <DeliveryStep
            cart={cart}
            refused={problemOf('delivery')}
            onDone={() => done('payment')}
          />
        </StepSection>
        <StepSection {...section('payment')}>
          <PaymentStep
            cart={cart}
            onRefused={(name, problem) => {
              setRefused({ step: name, problem });
              go(name);
            }}
          />
        </StepSection>
      </div>
    </div>
  );
}

function stateOf(name: Step, open: Step, furthest: number): 'done' | 'open' | 'later' {
  if (name === open) return 'open';
  return STEPS.indexOf(name) < furthest ? 'done' : 'later';
}

/** Some shops sell to accounts alone. */
function MembersOnly() {
  const t = useT();
  return (
    <EmptyState
      title={t('checkout.members')}
      action={
        <Link to="/login?next=%2Fcheckout" className="btn btn-primary">
          {t('checkout.signIn')}
        </Link>
      }
    >
      {t('checkout.membersText')}
    </EmptyState>
  );
}

function Waiting() {
  return (
    <div className="mx-auto flex max-w-[576px] flex-col gap-6 px-4 py-10">
      <Skeleton className="h-7 w-40" />
      <Skeleton className="h-12 w-full" />
      <Skeleton className="h-12 w-full" />
      <Skeleton className="h-64 w-full" />
    </div>
  );
}
