import { useQuery } from '@tanstack/react-query';
import { adminUsersReadOptions } from '@/api/gen/@tanstack/react-query.gen';
import { adminAuditListEntries } from '@/api/gen/sdk.gen';
import type { EntryOut } from '@/api/gen/types.gen';
import { useSession } from '@/shared/session';
import { tAny, useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { Card, ErrorState, Skeleton, Timeline } from '@/admin/ui';

const told = (value: unknown) => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text && text.length > 80 ? `${text.slice(0, 80)}…` : text;
};

function Changes({ entry }: { entry: EntryOut }) {
  const names = [
    ...new Set([...Object.keys(entry.before ?? {}), ...Object.keys(entry.after ?? {})]),
  ];
  // What a new product began with is the product; only changes are worth reading.
  if (!entry.before || !entry.after) return null;
  return (
    <ul className="text-[13px]">
      {names.map((name) => (
        <li key={name} className="break-words">
          {tAny(`history.field_${name}`, name)}: <del>{told(entry.before?.[name])}</del>{' '}
          <ins className="text-ink no-underline">{told(entry.after?.[name])}</ins>
        </li>
      ))}
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
