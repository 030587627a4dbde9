import { zodResolver } from '@hookform/resolvers/zod';
import { useForm, type DefaultValues, type FieldValues, type UseFormReturn } from 'react-hook-form';
import type * as z from 'zod/mini';
import { useT, type Key } from '../i18n';
import { showProblem } from './problems';

export interface ZodForm<Values extends FieldValues> extends UseFormReturn<Values> {
  /** What is wrong with a field, in the visitor's language. */
  wrong: (name: keyof Values & string) => string | undefined;
  /** What is wrong with the whole. */
  problem: string | undefined;
  /** A submit handler that shows under the fields what the server refuses. */
  send: (work: (values: Values) => Promise<unknown>) => (event?: React.BaseSyntheticEvent) => void;
}

/**
 * A form checked by a schema whose messages are keys of the catalogue (`form.required`). Fields are
 * checked when the form is sent, and from then on while they change.
 */
export function useZodForm<Values extends FieldValues>(
  schema: z.ZodMiniType<Values, Values>,
  defaultValues: DefaultValues<Values>,
): ZodForm<Values> {
  const t = useT();
  const form = useForm<Values>({ resolver: zodResolver(schema), defaultValues });
  const { errors } = form.formState;
  return {
    ...form,
    wrong: (name) => {
      const message = errors[name]?.message;
      // What the server wrote is no key of the catalogue, and comes back as it is.
      return typeof message === 'string' && message !== '' ? t(message as Key) : undefined;
    },
    problem: errors.root?.problem?.message,
    send: (work) => (event) => {
      form.clearErrors('root');
      void form.handleSubmit(async (values) => {
        try {
          await work(values);
        } catch (thrown) {
          showProblem(form, thrown, t);
        }
      })(event);
    },
  };
}
