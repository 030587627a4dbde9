import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { adminPaymentsListEventsOptions } from '@/api/gen/@tanstack/react-query.gen';
import { useT } from '@/admin/i18n';
import { Badge, ErrorState, Skeleton, Timeline } from '@/admin/ui';

/** The provider's webhooks about a payment, read when they are asked for. */
export function PaymentEvents({ paymentId }: { paymentId: string }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <details className="mt-1" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="inline-flex min-h-6 items-center text-[13px] text-brand hover:underline">
        {t('payments.events')}
      </summary>
      {open && (
        <div className="pt-3">
          <EventList paymentId={paymentId} />
        </div>
      )}
    </details>
  );
}

export function EventList({ paymentId }: { paymentId: string }) {
  const t = useT();
  const events = useQuery(adminPaymentsListEventsOptions({ path: { payment_id: paymentId } }));
  if (events.isPending) return <Skeleton className="h-12" />;
  if (!events.data) {
    return <ErrorState error={events.error} onRetry={() => void events.refetch()} />;
  }
  if (events.data.items.length === 0) {
    return <p className="text-muted">{t('payments.no_events')}</p>;
  }
  return (
    <Timeline
      label={t('payments.events')}
      entries={events.data.items.toReversed().map((event) => ({
        id: event.event_id,
        at: event.received_at,
        title: <code className="font-sans">{event.kind}</code>,
        tone: event.done ? 'good' : 'neutral',
        children: (
          <span className="flex flex-wrap items-center gap-2 text-[13px]">
            <Badge tone={event.done ? 'good' : 'warn'}>
              {t(event.done ? 'payments.event_done' : 'payments.event_waiting')}
            </Badge>
            <span className="break-all">{event.event_id}</span>
          </span>
        ),
      }))}
    />
  );
}
