import { lazy, Suspense, useState, type ComponentType } from 'react';
import type { OrderOut } from '@/api/gen';
import { Dialog, Skeleton } from '@/shared/ui';
import { useT } from '../../../i18n';

const AddressForm = lazy(() => import('./AddressForm'));
const NoteForm = lazy(() => import('./NoteForm'));

export function ChangeAddress({ order }: { order: OrderOut }) {
  return <Correction order={order} label={useT()('order.changeAddress')} form={AddressForm} />;
}

export function ChangeNote({ order }: { order: OrderOut }) {
  const t = useT();
  const label = t(order.note ? 'order.changeNote' : 'order.addNote');
  return <Correction order={order} label={label} form={NoteForm} />;
}

interface Props {
  order: OrderOut;
  label: string;
  form: ComponentType<{ order: OrderOut; onDone: () => void }>;
}

/** A link that opens the form for one part of the order. */
function Correction({ order, label, form: Form }: Props) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <button
        type="button"
        className="no-print link min-h-9 text-sm text-muted hover:text-ink"
        onClick={() => setOpen(true)}
      >
        {label}
      </button>
      <Dialog open={open} onClose={close} label={label} side="modal">
        <Suspense fallback={<Skeleton className="m-6 h-64" />}>
          <Form order={order} onDone={close} />
        </Suspense>
      </Dialog>
    </>
  );
}
