import * as z from 'zod/mini';
import { email, newPassword, optional, password } from '../../../forms';

export const credentials = z.object({ email, password });

export const registration = z.object({ name: optional, email, password: newPassword });
