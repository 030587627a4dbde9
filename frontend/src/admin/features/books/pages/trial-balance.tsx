import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Scale } from 'lucide-react';
import { adminLedgerTrialBalanceOptions } from '@/api/gen/@tanstack/react-query.gen';
import { useT } from '@/admin/i18n';
import {
  Badge,
  EmptyState,
  ErrorState,
  Field,
  Input,
  PageHeader,
  PageSkeleton,
  useParam,
} from '@/admin/ui';
import { endOfDay } from '@/admin/ui/days';
import { CurrencyBalance } from '../currency-balance';

export default function TrialBalance() {
  const t = useT();
  const [day, setDay] = useParam('day', '');
  const at = day ? endOfDay(day) : undefined;
  const balance = useQuery({
    ...adminLedgerTrialBalanceOptions({ query: at ? { at } : {} }),
    placeholderData: keepPreviousData,
  });
  const sheets = balance.data?.items;
  return (
    <>
      <PageHeader
        title={t('nav.trial_balance')}
        beside={
          balance.data && (
            <Badge tone={balance.data.is_balanced ? 'good' : 'danger'}>
              {balance.data.is_balanced ? t('balance.balanced') : t('balance.not_balanced')}
            </Badge>
          )
        }
        sub={t('balance.hint')}
        actions={
          <Field label={t('balance.day')}>
            <Input type="date" value={day} onChange={(event) => setDay(event.target.value)} />
          </Field>
        }
      />
      {balance.isError && !balance.data ? (
        <div className="card">
          <ErrorState error={balance.error} onRetry={() => void balance.refetch()} />
        </div>
      ) : !sheets ? (
        <PageSkeleton />
      ) : sheets.length === 0 ? (
        <div className="card">
          <EmptyState icon={<Scale />} title={t('balance.empty')}>
            {t('balance.empty_hint')}
          </EmptyState>
        </div>
      ) : (
        <div className="space-y-4">
          {sheets.map((sheet) => (
            <CurrencyBalance key={sheet.currency} sheet={sheet} />
          ))}
        </div>
      )}
    </>
  );
}
