import { Skeleton } from '@/shared/ui';

/** Two lines of the size that real ones have. */
export function CartSkeleton() {
  return (
    <ul className="divide-y divide-line" aria-hidden>
      {[1, 2].map((line) => (
        <li key={line} className="flex gap-4 py-5">
          <Skeleton className="h-[110px] w-[88px] rounded-[8px]!" />
          <div className="flex flex-1 flex-col">
            <Skeleton className="h-5 w-3/5" />
            <Skeleton className="mt-2 h-4 w-1/4" />
            <Skeleton className="mt-auto h-9 w-28 rounded-full!" />
          </div>
        </li>
      ))}
    </ul>
  );
}
