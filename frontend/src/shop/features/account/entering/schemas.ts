import * as z from 'zod/mini';
import { email, newPassword, optional, password } from '../../../forms';

export const credentials = z.object({ name: optional, email, password });

export const registration = z.object({ name: optional, email, password: newPassword });

export type Entry = z.infer<typeof registration>;
