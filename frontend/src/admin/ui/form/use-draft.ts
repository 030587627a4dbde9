import { useState } from 'react';
import { fieldName, toProblem } from '../problem';

export interface Draft<T extends object> {
  value: T;
  set: (changes: Partial<T>) => void;
  /** Only the fields that differ from where one began. */
  changes: Partial<T>;
  dirty: boolean;
  /** Begin anew, from here or from another value. */
  reset: (base?: T) => void;
  /** What is wrong with a field: `title`, `variants.0.sku`. */
  error: (field: string) => string | undefined;
  /** What is wrong beside the fields. */
  messages: readonly string[];
  refuse: (errors: Record<string, string>) => void;
  /** Take over the refusals of a problem document. */
  refuseBy: (thrown: unknown) => void;
}

const NO_ERRORS: Record<string, string> = {};
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What somebody is typing, until it is saved: the values, what changed, what is wrong. */
export function useDraft<T extends object>(initial: T): Draft<T> {
  const [base, setBase] = useState(initial);
  const [value, setValue] = useState(initial);
  const [errors, setErrors] = useState(NO_ERRORS);
  const [messages, setMessages] = useState<readonly string[]>([]);

  const names = Object.keys(value) as (keyof T & string)[];
  const changed = names.filter((name) => !same(value[name], base[name]));
  const changes: Partial<T> = {};
  for (const name of changed) changes[name] = value[name];

  return {
    value,
    changes,
    dirty: changed.length > 0,
    set: (some) => {
      setValue((current) => ({ ...current, ...some }));
      setErrors((current) => without(current, Object.keys(some)));
    },
    reset: (next = base) => {
      setBase(next);
      setValue(next);
      setErrors(NO_ERRORS);
      setMessages([]);
    },
    error: (field) => errors[field],
    messages,
    refuse: (found) => {
      setErrors(found);
      setMessages([]);
    },
    refuseBy: (thrown) => {
      const problem = toProblem(thrown);
      const found: Record<string, string> = {};
      const rest: string[] = [];
      for (const { pointer, message } of problem.errors) {
        const name = fieldName(pointer);
        if (names.includes((name.split('.')[0] ?? '') as keyof T & string)) found[name] = message;
        else rest.push(`${pointer} ${message}`);
      }
      if (problem.errors.length === 0) rest.push(problem.detail || problem.title);
      setErrors(found);
      setMessages(rest);
    },
  };
}

/** The errors of fields that are typed in again are out of date, and those below them. */
function without(errors: Record<string, string>, fields: string[]): Record<string, string> {
  const stale = (name: string) => fields.includes(name.split('.')[0] ?? '');
  return Object.fromEntries(Object.entries(errors).filter(([name]) => !stale(name)));
}
