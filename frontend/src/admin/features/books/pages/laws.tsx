import { useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { operationsInvariantsOptions } from '@/api/gen/@tanstack/react-query.gen';
import type { LawOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Badge, Button, DateTime, ErrorState, PageHeader, PageSkeleton } from '@/admin/ui';
import { LawCard } from '../law-card';

const broken = (laws: readonly LawOut[]) => laws.filter((law) => law.state === 'broken').length;

/** Subjects in the order of the laws, those with a broken law first. */
function subjects(laws: readonly LawOut[]): [string, LawOut[]][] {
  const groups = new Map<string, LawOut[]>();
  for (const law of laws) groups.set(law.about, [...(groups.get(law.about) ?? []), law]);
  return [...groups].sort(([, one], [, other]) => broken(other) - broken(one));
}

export default function Laws() {
  const t = useT();
  // The check reads the whole shop: it runs when somebody asks, not whenever a window is looked at.
  const books = useQuery({
    ...operationsInvariantsOptions(),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  const laws = books.data?.items ?? [];
  const count = broken(laws);
  return (
    <>
      <PageHeader
        title={t('nav.books')}
        beside={
          books.data && (
            <Badge tone={count ? 'danger' : 'good'}>
              {count ? t('books.broken', { count }) : t('books.clean')}
            </Badge>
          )
        }
        sub={t('books.hint')}
        actions={
          <Button busy={books.isFetching} onClick={() => void books.refetch()}>
            <RefreshCw aria-hidden className={books.isFetching ? 'animate-spin' : ''} />
            {books.isFetching ? t('books.checking') : t('books.check')}
          </Button>
        }
      />
      {books.isError && !books.data ? (
        <div className="card">
          <ErrorState error={books.error} onRetry={() => void books.refetch()} />
        </div>
      ) : !books.data ? (
        <PageSkeleton />
      ) : (
        <>
          <output className="mb-3 block text-[13px] text-muted">
            {t('books.checked', { count: laws.length })}{' '}
            <DateTime value={new Date(books.dataUpdatedAt).toISOString()} relative />
          </output>
          <div className="space-y-4">
            {subjects(laws).map(([about, group]) => (
              <LawCard key={about} about={about} laws={group} />
            ))}
          </div>
        </>
      )}
    </>
  );
}
