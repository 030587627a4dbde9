import type { ReactNode } from 'react';
import type { StaffSessionOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Allowed } from '@/admin/app/permissions';
import { ButtonLink, DateTime, Dialog, Money } from '@/admin/ui';
import { money } from '@/admin/ui/format';
import { EventList } from './events';
import { SessionBadge } from './status';

/** A payment with everything the provider has said about it. */
export function PaymentDialog({
  payment,
  onClose,
}: {
  payment: StaffSessionOut;
  onClose: () => void;
}) {
  const t = useT();
  const of = (amount: number) => <Money value={{ ...payment.amount, amount }} />;
  const facts: [string, ReactNode][] = [
    [t('payments.column_when'), <DateTime key="when" value={payment.created_at} />],
    [t('payments.column_provider'), payment.provider],
    [t('payments.column_captured'), of(payment.captured)],
    [t('payments.column_refunded'), of(payment.refunded)],
    [t('payments.column_declines'), payment.declines],
    [t('payments.column_reference'), payment.reference ?? '–'],
  ];
  if (payment.failure) {
    facts.push([
      t('payments.column_failure'),
      payment.failure.message ?? payment.failure.code ?? '–',
    ]);
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('payments.detail', { amount: money(payment.amount) })}
      actions={
        <Allowed to="orders:read">
          <ButtonLink to={`/orders/${payment.order_id}`}>{t('payments.open_order')}</ButtonLink>
        </Allowed>
      }
    >
      <SessionBadge status={payment.status} />
      <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
        {facts.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ))}
      </dl>
      <h3 className="mt-5 mb-3 font-semibold">{t('payments.events')}</h3>
      <EventList paymentId={payment.id} />
    </Dialog>
  );
}
