import { Skeleton } from '@/shared/ui';

export function OrderSkeleton() {
  return (
    <div className="mt-4 flex flex-col gap-8">
      <Skeleton className="h-5 w-72 max-w-full" />
      <Skeleton className="h-14 w-full" />
      <Skeleton className="h-64 w-full rounded-tile!" />
    </div>
  );
}
