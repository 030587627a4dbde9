import { useState } from 'react';
import type { ReactNode } from 'react';
import { toast } from '@/admin/ui/toast';
import { useT } from '@/admin/i18n';
import { Button } from '../button';
import { ConfirmDialog } from '../confirm-dialog';
import type { idempotent } from '../problem';
import { isStale, toastProblem } from '../problem';
import { FormDialog } from './form-dialog';
import { StaleDialog } from './stale-dialog';
import { useDraft } from './use-draft';
import type { Draft } from './use-draft';
import { useOnce } from './use-once';
import { useSubmit } from './use-submit';

interface EditDialogProps<R extends { version: number }, V extends object, B> {
  /** The thing as the API tells it; undefined for a new one. */
  resource: R | undefined;
  /** As in "Tanzania has changed meanwhile". */
  name: string;
  title: string;
  /** What is typed. Its fields are called as those of the body. */
  valueOf: (resource: R | undefined) => V;
  /** Says what is wrong before anything is sent, by field. */
  check: (value: V) => Record<string, string>;
  /** What was typed, as the API takes it; called when nothing is wrong. */
  bodyOf: (value: V) => B & { [Field in keyof V]?: unknown };
  create: (body: B, once: ReturnType<typeof idempotent>) => Promise<unknown>;
  /** Send what changed, if nobody was faster (`ifMatch(resource.version)`). */
  change: (resource: R, body: Partial<B>) => Promise<unknown>;
  remove?: { text: ReactNode; send: (resource: R) => Promise<unknown> };
  /** Read it again, past every cache. */
  reload: (resource: R) => Promise<R>;
  /** Something was saved or deleted. */
  onChanged: () => unknown;
  onClose: () => void;
  children: (draft: Draft<V>) => ReactNode;
}

type Question = 'stale' | 'delete';

/**
 * Makes, changes or deletes a small thing that has a version, in a dialog. Nothing typed is lost
 * by a slip, by a refusal, or when somebody else saves first (412).
 */
export function EditDialog<R extends { version: number }, V extends object, B>(
  props: EditDialogProps<R, V, B>,
) {
  const { name, onClose, onChanged, remove } = props;
  const t = useT();
  const [resource, setResource] = useState(props.resource);
  const draft = useDraft(props.valueOf(props.resource));
  const once = useOnce();
  const { busy, submit } = useSubmit(draft, props.check);
  const [question, setQuestion] = useState<Question>();

  const overtaken = (refusal: unknown) => {
    if (isStale(refusal)) setQuestion('stale');
    return isStale(refusal);
  };
  const send = async (current: R | undefined) => {
    const body = props.bodyOf(draft.value);
    if (!current) await props.create(body, once(body));
    else if (draft.dirty) await props.change(current, only(body, draft.changes));
    toast.success(t('form.saved'));
    await onChanged();
    onClose();
  };
  const save = () => void submit(() => send(resource), overtaken);
  const overwrite = () => {
    setQuestion(undefined);
    void submit(async () => send(resource && (await props.reload(resource))), overtaken);
  };
  const takeTheirs = async () => {
    if (!resource) return;
    try {
      const theirs = await props.reload(resource);
      setResource(theirs);
      draft.reset(props.valueOf(theirs));
      setQuestion(undefined);
    } catch (error) {
      toastProblem(error);
    }
  };
  const deleteIt = async () => {
    if (!resource || !remove) return;
    try {
      await remove.send(resource);
    } catch (error) {
      toastProblem(error);
      throw error;
    }
    await onChanged();
    onClose();
  };

  return (
    <>
      <FormDialog
        draft={draft}
        busy={busy}
        title={props.title}
        onSubmit={save}
        onClose={onClose}
        beside={
          resource &&
          remove && (
            <Button className="mr-auto text-danger" onClick={() => setQuestion('delete')}>
              {t('action.delete')}
            </Button>
          )
        }
      >
        {props.children(draft)}
      </FormDialog>
      <StaleDialog
        open={question === 'stale'}
        name={name}
        onClose={() => setQuestion(undefined)}
        onReload={() => void takeTheirs()}
        onOverwrite={overwrite}
      />
      <ConfirmDialog
        open={question === 'delete'}
        title={t('form.delete_title', { name })}
        confirm={t('action.delete')}
        danger
        onConfirm={deleteIt}
        onClose={() => setQuestion(undefined)}
      >
        {remove?.text}
      </ConfirmDialog>
    </>
  );
}

/** Of the body only the fields that changed. */
function only<B>(body: B, changes: object): Partial<B> {
  const some: Partial<B> = {};
  for (const field of Object.keys(changes) as (keyof B)[]) {
    some[field] = body[field];
  }
  return some;
}
