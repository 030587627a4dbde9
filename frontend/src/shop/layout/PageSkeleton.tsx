import { Skeleton } from '@/shared/ui';

/** The grey places of a page that is on its way. */
export function PageSkeleton() {
  return (
    <div className="wrap pt-8">
      <Skeleton className="h-12 w-72 max-w-full" />
      <Skeleton className="mt-8 h-[50vh] w-full rounded-tile!" />
    </div>
  );
}
