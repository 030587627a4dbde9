import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import { fieldName, toProblem } from '../problem';

/**
 * Put the refusals of a problem document on the fields they point to. What points to no field of
 * the form is returned, to be told above it.
 */
export function showProblem<T extends FieldValues, C, U>(
  form: UseFormReturn<T, C, U>,
  error: unknown,
  rename: (name: string) => string = (name) => name,
): string[] {
  const problem = toProblem(error);
  const known = Object.keys(form.getValues());
  const rest: string[] = [];
  for (const { pointer, message } of problem.errors) {
    const name = rename(fieldName(pointer));
    if (known.includes(name.split('.')[0] ?? '')) form.setError(name as Path<T>, { message });
    else rest.push(`${pointer} ${message}`);
  }
  if (!problem.errors.length) rest.push(problem.detail || problem.title);
  return rest;
}
