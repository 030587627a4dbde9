import * as z from 'zod/mini';
import { checkoutChange, type OrderOut } from '@/api/gen';
import { TextArea, toast } from '@/shared/ui';
import { FormProblem, optional, orNull, SaveButtons, useZodForm } from '../../../forms';
import { useT } from '../../../i18n';
import { ifUnchanged } from './corrections';
import { useKeepOrder } from './useOrder';

const schema = z.object({ note: optional });

/** What the shop shall know: where the bell is, for whom the gift is. */
export default function NoteForm({ order, onDone }: { order: OrderOut; onDone: () => void }) {
  const t = useT();
  const keep = useKeepOrder();
  const form = useZodForm(schema, { note: order.note ?? '' });
  const busy = form.formState.isSubmitting;
  const send = form.send(async ({ note }) => {
    const body = { note: orNull(note) };
    const { data } = await checkoutChange({ ...ifUnchanged(order), body, throwOnError: true });
    keep(data);
    toast(t('order.noteSaved'));
    onDone();
  });
  return (
    <form noValidate className="flex flex-col gap-5 p-6 sm:p-8" onSubmit={send}>
      <TextArea
        label={t('order.note')}
        hint={t('order.noteHint')}
        rows={4}
        maxLength={1000}
        error={form.wrong('note')}
        {...form.register('note')}
      />
      <FormProblem text={form.problem} />
      <SaveButtons busy={busy} onCancel={onDone} />
    </form>
  );
}
