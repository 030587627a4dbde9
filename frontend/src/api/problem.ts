/** An answer that tells what went wrong (RFC 9457), or a request that got none (status 0). */
export class Problem extends Error {
  readonly status: number;
  /** The last part of the type: `insufficient-stock`; `offline` if there was no answer. */
  readonly kind: string;
  readonly detail: string;
  readonly errors: { pointer: string; message: string }[];
  /** All members, also those of the particular case. */
  readonly members: Record<string, unknown>;

  constructor(status: number, members: Record<string, unknown>) {
    const title = typeof members.title === 'string' ? members.title : `HTTP ${status}`;
    super(title);
    this.name = 'Problem';
    this.status = status;
    this.members = members;
    this.kind = typeof members.type === 'string' ? (members.type.split('/').pop() ?? '') : '';
    this.detail = typeof members.detail === 'string' ? members.detail : title;
    this.errors = Array.isArray(members.errors) ? (members.errors as Problem['errors']) : [];
  }
}

/** Whatever was thrown by a query or a mutation, as a problem. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(0, { type: '/problems/offline', title: String(error) });
}

export function isProblem(error: unknown, kind: string): error is Problem {
  return error instanceof Problem && error.kind === kind;
}
