import { useQuery } from '@tanstack/react-query';
import { adminUsersReadOptions } from '@/api/gen/@tanstack/react-query.gen';
import { adminAuditListEntries } from '@/api/gen/sdk.gen';
import type { EntryOut } from '@/api/gen/types.gen';
import { useSession } from '@/shared/session';
import { tAny, useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { Card, ErrorState, Skeleton, Timeline } from '@/admin/ui';
import { changesOf } from './told';

const MOST = 6;

function Changes({ entry }: { entry: EntryOut }) {
  const t = useT();
  const changes = changesOf(entry.before, entry.after);
  if (changes.length === 0) return null;
  return (
    <ul className="text-[13px]">
      {changes.slice(0, MOST).map(({ name, before, after }) => (
        <li key={`${name} ${before} ${after}`} className="break-words">
          {tAny(`history.field_${name}`, name)}: <del>{before}</del>{' '}
          <ins className="text-ink no-underline">{after}</ins>
        </li>
      ))}
      {changes.length > MOST && <li>{t('history.more', { count: changes.length - MOST })}</li>}
    </ul>
  );
}

/** Who it was by name; people are known to those who may look at accounts. */
function Actor({ id }: { id: string }) {
  const t = useT();
  const isPerson = id.startsWith('usr_');
  const { data } = useQuery({
    ...adminUsersReadOptions({ path: { user_id: id } }),
    enabled: useMay()('customers:read') && isPerson,
    staleTime: Infinity,
  });
  if (!isPerson) return id;
  return data ? data.name || data.email : t('history.staff');
}

/** Who did what to the product, from the audit log. */
export function HistoryCard({ productId }: { productId: string }) {
  const t = useT();
  const me = useSession().user;
  const history = useQuery({
    queryKey: ['history', productId],
    queryFn: async ({ signal }) => {
      const { data } = await adminAuditListEntries({
        query: { subject: productId, limit: 20 },
        signal,
        throwOnError: true,
      });
      return data.items;
    },
  });
  return (
    <Card title={t('history.title')}>
      {history.isPending && <Skeleton className="h-16" />}
      {history.isError && (
        <ErrorState error={history.error} onRetry={() => void history.refetch()} />
      )}
      {history.data?.length === 0 && <p className="text-muted">{t('history.empty')}</p>}
      {history.data && (
        <Timeline
          label={t('history.title')}
          entries={history.data.map((entry) => ({
            id: entry.id,
            at: entry.at,
            title: tAny(`history.${entry.action}`, entry.action),
            by: entry.actor === me?.id ? t('history.you') : <Actor id={entry.actor} />,
            children: <Changes entry={entry} />,
          }))}
        />
      )}
    </Card>
  );
}
