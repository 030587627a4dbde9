import { lazy, Suspense, type Ref } from 'react';
import type { MoneyOut } from '@/api/gen';
import { Skeleton } from '@/shared/ui';
import { CardFields, type ZodForm } from '../../../forms';
import { useT } from '../../../i18n';
import type { PaymentValues } from './schema';
import type { ProviderForm } from './StripeElement';
import type { Way } from './way';

const StripeElement = lazy(() => import('./StripeElement'));

interface Props {
  way: Way;
  amount: MoneyOut;
  form: ZodForm<PaymentValues>;
  provider: Ref<ProviderForm>;
}

/** What there is to fill in, by the way this shop is paid. */
export function PayFields({ way, amount, form, provider }: Props) {
  const t = useT();
  if (way === 'test-card') return <CardFields form={form} />;
  if (way === 'element') {
    return (
      <Suspense fallback={<Skeleton className="h-64 w-full" />}>
        <StripeElement amount={amount} ref={provider} />
      </Suspense>
    );
  }
  return (
    <p className="rounded-btn bg-tile px-4 py-3 text-sm">
      {t(way === 'hosted' ? 'checkout.hosted' : 'checkout.nothingDue')}
    </p>
  );
}
