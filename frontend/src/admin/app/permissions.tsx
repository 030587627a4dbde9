import type { ReactNode } from 'react';
import type { Permission } from '@/api/gen/types.gen';
import { useSession } from '@/shared/session';

export type May = (permission: Permission | undefined) => boolean;

/** Whether the one signed in may do something. What one may not do is not shown. */
export function useMay(): May {
  const { user } = useSession();
  const held = user?.permissions ?? [];
  return (permission) =>
    permission === undefined || held.includes('*') || held.includes(permission);
}

/** Its children, for those who may. */
export function Allowed({ to, children }: { to: Permission; children: ReactNode }) {
  return useMay()(to) ? children : null;
}
