import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { adminOrdersTimelineOptions } from '@/api/gen/@tanstack/react-query.gen';
import { adminOrdersAddNote } from '@/api/gen/sdk.gen';
import type { OrderOut, StaffTimelineOut } from '@/api/gen/types.gen';
import { tAny, useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import {
  Button,
  Card,
  ErrorState,
  Field,
  idempotent,
  Skeleton,
  Textarea,
  Timeline,
  toastProblem,
  useUnsavedGuard,
} from '@/admin/ui';
import type { TimelineEntry } from '@/admin/ui';
import { orderStatus } from '../status';

/** What happened to the order, newest first, with the notes that staff leave for one another. */
export function TimelineCard({ order }: { order: OrderOut }) {
  const t = useT();
  const mayWrite = useMay()('orders:write');
  const path = { order_id: order.id };
  const timeline = useQuery(adminOrdersTimelineOptions({ path }));
  const entries = timeline.data?.items.map(toEntry).toReversed();
  return (
    <Card title={t('orders.timeline')}>
      {mayWrite && <NoteForm orderId={order.id} />}
      {timeline.isPending && <Skeleton className="h-24" />}
      {timeline.isError && !entries && (
        <ErrorState error={timeline.error} onRetry={() => void timeline.refetch()} />
      )}
      {entries && <Timeline label={t('orders.timeline')} entries={entries} />}
    </Card>
  );
}

function NoteForm({ orderId }: { orderId: string }) {
  const t = useT();
  const cache = useQueryClient();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const guard = useUnsavedGuard(Boolean(note.trim()));
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!note.trim()) return;
    setBusy(true);
    try {
      const path = { order_id: orderId };
      const { data } = await adminOrdersAddNote({
        path,
        body: { note: note.trim() },
        ...idempotent(),
        throwOnError: true,
      });
      cache.setQueryData(adminOrdersTimelineOptions({ path }).queryKey, data);
      setNote('');
    } catch (error) {
      toastProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="mb-5 space-y-2">
      {guard}
      <Field label={t('orders.note')} hint={t('orders.note_hint')}>
        <Textarea
          rows={2}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </Field>
      <Button type="submit" size="small" busy={busy} disabled={!note.trim()}>
        {t('orders.note_add')}
      </Button>
    </form>
  );
}

function toEntry(entry: StaffTimelineOut): TimelineEntry {
  const isMove = entry.kind === 'status' && entry.to_status;
  const title = isMove
    ? orderStatus(entry.to_status ?? '')
    : tAny(`orders.event_${entry.kind}`, entry.kind);
  // An order is placed by its buyer, account or not.
  const placed = entry.to_status === 'pending';
  const doer = placed && entry.by === 'user' ? 'guest' : entry.by;
  const bad = ['payment_declined', 'refund_failed'].includes(entry.kind);
  const code = entry.data.code;
  return {
    id: String(entry.seq),
    at: entry.at,
    title,
    by: placed || !entry.by_name ? tAny(`orders.by_${doer}`, entry.by) : entry.by_name,
    tone: bad ? 'danger' : isMove ? 'good' : 'neutral',
    children:
      entry.note || typeof code === 'string' ? (
        <p className="break-words whitespace-pre-line">{entry.note ?? String(code)}</p>
      ) : undefined,
  };
}
