import { asProblem } from '@/api/problem';

/** Of a refusal for want of stock: the most that can be had now. Undefined for any other. */
export function leftOf(error: unknown): number | undefined {
  const problem = asProblem(error);
  if (problem.kind !== 'insufficient-stock') return undefined;
  const { lines } = problem.members;
  const [line] = Array.isArray(lines) ? (lines as { available?: unknown }[]) : [];
  return typeof line?.available === 'number' ? line.available : 0;
}
