import { useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import { toast } from '@/admin/ui/toast';
import { t } from '@/admin/i18n';
import { isStale, toastProblem } from '../problem';
import { FormErrors } from './form-errors';
import { SaveBar } from './save-bar';
import { StaleDialog } from './stale-dialog';
import { useDraft } from './use-draft';
import type { Draft } from './use-draft';

interface EditorOptions<R extends { version: number }, V extends object> {
  /** The thing as the API tells it. */
  resource: R;
  /** What of it is edited. */
  valueOf: (resource: R) => V;
  /** As in "Haven Mug has changed meanwhile". */
  name: string;
  /** Says what is wrong before anything is sent, by field. */
  check?: (value: V) => Record<string, string>;
  /** Save; `version` goes into `If-Match` (`ifMatch(version)`). */
  write: (changes: Partial<V>, value: V, version: number) => Promise<R>;
  /** Read it again, past every cache. */
  reload: () => Promise<R>;
}

export interface Editor<R, V extends object> extends Draft<V> {
  /** The save bar, what is wrong, and the questions that may come up. Draw it first. */
  chrome: ReactNode;
  busy: boolean;
  save: () => Promise<void>;
  /** After changing a part of the thing by another request: its version has gone on by ours. */
  follow: (resource: R) => void;
}

/**
 * Edits a thing that has a version: nothing typed is lost when somebody else saves first (412),
 * when the page is left, or when the API refuses a field.
 */
export function useEditor<R extends { version: number }, V extends object>(
  options: EditorOptions<R, V>,
): Editor<R, V> {
  const { resource, valueOf, name, check, write, reload } = options;
  const [base, setBase] = useState(resource);
  const draft = useDraft(valueOf(resource));
  const [busy, setBusy] = useState(false);
  const [stale, setStale] = useState(false);

  const begin = (next: R) => {
    setBase(next);
    draft.reset(valueOf(next));
  };
  // Read again meanwhile and nothing typed: show what is there now.
  if (resource.version > base.version && !draft.dirty && !busy) begin(resource);

  const send = async (version: number) => {
    const wrong = check?.(draft.value) ?? {};
    if (Object.keys(wrong).length > 0) {
      draft.refuse(wrong);
      toast.error(t('form.not_saved'), { description: Object.values(wrong)[0] });
      return;
    }
    setBusy(true);
    try {
      begin(await write(draft.changes, draft.value, version));
      setStale(false);
      toast.success(t('form.saved'));
    } catch (error) {
      if (isStale(error)) setStale(true);
      else {
        setStale(false);
        draft.refuseBy(error);
        toastProblem(error);
      }
    } finally {
      setBusy(false);
    }
  };
  const withTheirs = async (then: (theirs: R) => unknown) => {
    try {
      await then(await reload());
    } catch (error) {
      toastProblem(error);
    }
  };
  const save = () => send(base.version);
  const follow = useCallback((next: R) => {
    setBase((current) => (next.version === current.version + 1 ? next : current));
  }, []);

  return {
    ...draft,
    busy,
    save,
    follow,
    chrome: (
      <>
        <SaveBar
          dirty={draft.dirty}
          busy={busy}
          onSave={() => void save()}
          onDiscard={() => draft.reset()}
        />
        <StaleDialog
          open={stale}
          name={name}
          onClose={() => setStale(false)}
          onReload={() =>
            void withTheirs((theirs) => {
              setStale(false);
              begin(theirs);
            })
          }
          onOverwrite={() => void withTheirs((theirs) => send(theirs.version))}
        />
        <FormErrors title={t('form.not_saved')} messages={draft.messages} />
      </>
    ),
  };
}
