import { useState } from 'react';
import type { Draft } from './use-draft';

interface Submit {
  busy: boolean;
  /**
   * Send what was typed, unless something is wrong with it. A refusal stands at its fields then;
   * `handled` may take one for itself by answering true.
   */
  submit: (send: () => Promise<unknown>, handled?: (refusal: unknown) => boolean) => Promise<void>;
}

/** Sends a draft that was looked through, once at a time. */
export function useSubmit<V extends object>(
  draft: Draft<V>,
  check: (value: V) => Record<string, string>,
): Submit {
  const [busy, setBusy] = useState(false);
  const submit: Submit['submit'] = async (send, handled) => {
    const wrong = check(draft.value);
    if (Object.keys(wrong).length > 0) {
      draft.refuse(wrong);
      return;
    }
    setBusy(true);
    try {
      await send();
    } catch (refusal) {
      if (!handled?.(refusal)) draft.refuseBy(refusal);
    } finally {
      setBusy(false);
    }
  };
  return { busy, submit };
}
