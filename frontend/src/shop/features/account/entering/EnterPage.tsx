import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useSession } from '@/shared/session';
import { Skeleton } from '@/shared/ui';
import { useTitle } from '../../../layout/useTitle';
import { nextOf } from './next';

interface Props {
  title: string;
  text: ReactNode;
  children: ReactNode;
  /** The way to the other page: to register, to sign in. */
  other: ReactNode;
}

/** The frame of signing in and registering. Who is signed in goes on to where they wanted to. */
export function EnterPage({ title, text, children, other }: Props) {
  useTitle(title);
  const { status } = useSession();
  const { search } = useLocation();
  return (
    <div className="wrap flex flex-col items-center py-12 sm:py-20">
      {status === 'user' && <Navigate to={nextOf(search)} replace />}
      <div className="w-full max-w-md">
        <h1 className="font-display text-h1">{title}</h1>
        <div className="mt-3 text-muted">{text}</div>
        <div className="mt-8">{status === 'unknown' ? <FormSkeleton /> : children}</div>
        <div className="mt-8 border-t border-line pt-6">{other}</div>
      </div>
    </div>
  );
}

function FormSkeleton() {
  return (
    <div className="flex flex-col gap-5">
      <Skeleton className="h-18 w-full" />
      <Skeleton className="h-18 w-full" />
      <Skeleton className="h-12 w-full" />
    </div>
  );
}
