import type { OrderOut, PaymentSessionOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Allowed } from '@/admin/app/permissions';
import { Card, Money } from '@/admin/ui';
import { PaymentEvents, SessionBadge } from '@/admin/features/payments';

export function PaymentsCard({ order }: { order: OrderOut }) {
  const t = useT();
  return (
    <Card title={t('orders.payments')}>
      {order.payments.length === 0 ? (
        <p className="text-muted">{t('orders.no_payments')}</p>
      ) : (
        <ul className="-my-3 divide-y divide-line">
          {order.payments.map((payment) => (
            <Payment key={payment.id} payment={payment} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Payment({ payment }: { payment: PaymentSessionOut }) {
  const t = useT();
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">
          <Money value={payment.amount} />
        </span>
        <SessionBadge status={payment.status} />
        <span className="text-muted">{t('payments.through', { provider: payment.provider })}</span>
      </div>
      {payment.failure && payment.status !== 'succeeded' && (
        <p className="mt-1 text-danger">
          {payment.failure.message ?? payment.failure.code ?? t('payments.declined')}
        </p>
      )}
      <Allowed to="payments:read">
        <PaymentEvents paymentId={payment.id} />
      </Allowed>
    </li>
  );
}
