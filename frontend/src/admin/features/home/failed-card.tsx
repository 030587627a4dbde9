import { Card, ErrorState } from '@/admin/ui';

interface FailedCardProps {
  title: string;
  query: { error: unknown; refetch: () => unknown };
}

/** In the place of a card whose figures could not be had. */
export function FailedCard({ title, query }: FailedCardProps) {
  return (
    <Card title={title}>
      <ErrorState error={query.error} onRetry={() => void query.refetch()} />
    </Card>
  );
}
