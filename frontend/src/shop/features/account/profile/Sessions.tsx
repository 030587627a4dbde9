import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { authEndSession, authLogout, type SessionOut } from '@/api/gen';
import {
  authListSessionsOptions,
  authListSessionsQueryKey,
} from '@/api/gen/@tanstack/react-query.gen';
import { asProblem } from '@/api/problem';
import { signOut } from '@/shared/session';
import { ErrorState, Skeleton, toast } from '@/shared/ui';
import { wordsFor } from '../../../forms';
import { useShopLanguage } from '../../../i18n';
import { deviceOf } from './devices';

/** Where one is signed in, and how to end it there. */
export function Sessions() {
  const { t } = useShopLanguage();
  const { data, error, refetch } = useQuery({ ...authListSessionsOptions(), staleTime: 0 });
  const everywhere = useMutation({
    mutationFn: () => authLogout({ query: { everywhere: true }, throwOnError: true }),
    onSuccess: signOut,
    onError: (thrown) => toast(wordsFor(asProblem(thrown), t), { tone: 'problem' }),
  });
  if (!data) {
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} />
    ) : (
      <Skeleton className="h-32 w-full" />
    );
  }
  return (
    <>
      <ul className="divide-y divide-line border-y border-line">
        {data.items.map((session) => (
          <Row key={session.id} session={session} />
        ))}
      </ul>
      <button
        type="button"
        className="btn btn-ghost mt-5"
        disabled={everywhere.isPending}
        onClick={() => everywhere.mutate()}
      >
        {t('profile.endAll')}
      </button>
    </>
  );
}

function Row({ session }: { session: SessionOut }) {
  const { t, dateTime } = useShopLanguage();
  const queries = useQueryClient();
  const device = deviceOf(session.user_agent) ?? t('profile.unknownDevice');
  const end = useMutation({
    mutationFn: () => authEndSession({ path: { session_id: session.id }, throwOnError: true }),
    onSuccess: () => toast(t('profile.ended', { device })),
    onError: (thrown) => toast(wordsFor(asProblem(thrown), t), { tone: 'problem' }),
    onSettled: () => queries.invalidateQueries({ queryKey: authListSessionsQueryKey() }),
  });
  return (
    <li className="flex items-center justify-between gap-4 py-3">
      <div className="min-w-0">
        <p className="font-medium break-words">{device}</p>
        <p className="text-sm text-muted">
          {session.is_current
            ? t('profile.here')
            : t('profile.lastUsed', { moment: dateTime(session.last_used_at, true) })}
          {session.ip && ` · ${session.ip}`}
        </p>
      </div>
      {!session.is_current && (
        <button
          type="button"
          className="link min-h-9 text-sm font-medium whitespace-nowrap"
          disabled={end.isPending}
          onClick={() => end.mutate()}
        >
          {t('profile.end')}
          <span className="sr-only">: {device}</span>
        </button>
      )}
    </li>
  );
}
