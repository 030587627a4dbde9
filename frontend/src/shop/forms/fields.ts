import * as z from 'zod/mini';

/** A line of text that must be there. */
export const required = z.string().check(z.trim(), z.minLength(1, 'form.required'));

/** A line of text that may stay empty. */
export const optional = z.string().check(z.trim());

export const email = z
  .string()
  .check(z.trim(), z.minLength(1, 'form.required'), z.email('form.email'));

/** A password that is typed to sign in: nothing is said about its quality. */
export const password = z.string().check(z.minLength(1, 'form.required'));

export const SHORTEST_PASSWORD = 8;

/** A password to come; the server looks further (common ones, the e-mail address). */
export const newPassword = z
  .string()
  .check(z.minLength(1, 'form.required'), z.minLength(SHORTEST_PASSWORD, 'form.passwordShort'));

/** For the API, an empty field is none. */
export function orNull(text: string): string | null {
  return text === '' ? null : text;
}
