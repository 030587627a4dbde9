import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';
import { asProblem, Problem } from '@/api/problem';
import type { Translate } from '@/shared/i18n';
import type { Key } from '../i18n';

/**
 * Puts what the server refused under the fields it names (`/postal_code`), with the focus on the
 * first. What no field is to blame for stands above the button, by `root.problem`.
 */
export function showProblem<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  thrown: unknown,
  t: Translate<Key>,
): void {
  const problem = asProblem(thrown);
  const fields = Object.keys(form.getValues());
  const blamed = problem.errors.filter(({ pointer }) => fields.includes(fieldOf(pointer)));
  blamed.forEach(({ pointer, message }, position) => {
    const name = fieldOf(pointer) as FieldPath<Values>;
    form.setError(
      name,
      { type: 'server', message: sentence(message, t) },
      { shouldFocus: position === 0 },
    );
  });
  if (blamed.length === 0) {
    form.setError('root.problem', { type: 'server', message: wordsFor(problem, t) });
  }
}

/** The server goes on where the field's name ended: "is too short". */
export function sentence(message: string, t: Translate<Key>): string {
  return /^[a-z]/.test(message) ? t('form.refused', { message }) : message;
}

/** `/shipping_address/city` → `shipping_address` */
function fieldOf(pointer: string): string {
  return pointer.split('/')[1] ?? '';
}

/** The problem with pointers as the form of a part names its fields: `/billing_address/city`. */
export function within(thrown: unknown, part: string): Problem {
  const problem = asProblem(thrown);
  const errors = problem.errors.map(({ pointer, message }) => ({
    pointer: pointer.startsWith(`${part}/`) ? pointer.slice(part.length) : pointer,
    message,
  }));
  return new Problem(problem.status, { ...problem.members, errors });
}

const KINDS: Partial<Record<string, Key>> = {
  'already-paid': 'problem.alreadyPaid',
  'card-refused': 'problem.cardRefused',
  'email-taken': 'problem.emailTaken',
  'illegal-transition': 'problem.orderMovedOn',
  'insufficient-stock': 'problem.insufficientStock',
  'invalid-credentials': 'problem.invalidCredentials',
  'not-sellable': 'problem.notSellable',
  'order-cannot-change': 'problem.orderFixed',
  'order-is-taken': 'problem.orderIsTaken',
  'order-not-found': 'problem.orderNotFound',
  'payment-under-way': 'problem.paymentUnderWay',
  'price-unavailable': 'problem.notSellable',
  'too-many-addresses': 'problem.tooManyAddresses',
  'wrong-password': 'problem.wrongPassword',
};

/** A problem in the visitor's language; where there are no words for it, in the server's. */
export function wordsFor(problem: Problem, t: Translate<Key>): string {
  const key = KINDS[problem.kind];
  if (key) return t(key);
  if (problem.status === 0) return t('error.offline');
  if (problem.status === 412) return t('problem.stale');
  if (problem.status === 429) return t('problem.tooMany');
  return problem.status >= 500 ? t('error.detail') : problem.detail;
}
