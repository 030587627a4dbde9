import type { FieldValues, Path } from 'react-hook-form';
import type { ZodForm } from '../../../forms';
import { useT, type Key } from '../../../i18n';
import type { Fault } from './ErrorSummary';

/** What the summary of errors needs of a form. */
export function useFaults<Values extends FieldValues>(
  form: ZodForm<Values>,
  labels: Record<keyof Values & string, Key>,
): { faults: Fault[]; onGo: (name: string) => void } {
  const t = useT();
  const names = Object.keys(labels) as (keyof Values & string)[];
  const faults = names.flatMap((name) => {
    const text = form.wrong(name);
    return text ? [{ name, label: t(labels[name]), text }] : [];
  });
  return {
    faults,
    onGo: (name) => form.setFocus(name as Path<Values>),
  };
}
