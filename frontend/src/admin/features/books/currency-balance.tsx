import type { CurrencyBalanceOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Badge, Card } from '@/admin/ui';
import { money, number } from '@/admin/ui/format';

const SCROLLS = 'relative overflow-x-auto border-t border-line';
const CELL = 'px-3 py-2 text-right tabular-nums whitespace-nowrap last:pr-4';

/** The accounts of one currency; their balances come to zero, and the last row says so. */
export function CurrencyBalance({ sheet }: { sheet: CurrencyBalanceOut }) {
  const t = useT();
  const of = (amount: number) => money({ amount, currency: sheet.currency });
  const entries = sheet.accounts.reduce((sum, account) => sum + account.entries, 0);
  const label = t('balance.of', { currency: sheet.currency });
  return (
    <Card
      flush
      title={label}
      actions={
        <Badge tone={sheet.total === 0 ? 'good' : 'danger'}>
          {sheet.total === 0
            ? t('balance.balanced')
            : t('balance.off_by', { amount: of(sheet.total) })}
        </Badge>
      }
    >
      {/* What scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line no-noninteractive-tabindex */}
      <div role="group" className={SCROLLS} aria-label={label} tabIndex={0}>
        <table className="stacks w-full">
          <caption className="sr-only">{label}</caption>
          <thead className="bg-tile/60 text-xs text-muted">
            <tr className="border-b border-line [&>th]:px-3 [&>th]:py-2 [&>th]:text-right [&>th]:font-medium [&>th:last-child]:pr-4">
              <th scope="col" className="pl-4 text-left!">
                {t('balance.account')}
              </th>
              <th scope="col">{t('balance.entries')}</th>
              <th scope="col">{t('balance.debit')}</th>
              <th scope="col">{t('balance.credit')}</th>
              <th scope="col">{t('balance.balance')}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {sheet.accounts.map((account) => (
              <tr key={account.account} className="hover:bg-tile/50">
                <th
                  scope="row"
                  data-stack="title"
                  className="py-2 pr-3 pl-4 text-left font-mono text-[13px] font-normal"
                >
                  {account.account}
                </th>
                <Figures {...account} of={of} />
              </tr>
            ))}
          </tbody>
          <tfoot className="border-t-2 border-line font-semibold">
            <tr>
              <th scope="row" data-stack="title" className="py-2.5 pr-3 pl-4 text-left">
                {t('balance.sum')}
              </th>
              <Figures {...sheet} entries={entries} balance={sheet.total} of={of} />
            </tr>
          </tfoot>
        </table>
      </div>
    </Card>
  );
}

interface FiguresProps {
  entries: number;
  debit: number;
  credit: number;
  balance: number;
  of: (amount: number) => string;
}

/** The cells of an account, and of the sum of them all. */
function Figures({ entries, debit, credit, balance, of }: FiguresProps) {
  const t = useT();
  return (
    <>
      <td data-header={t('balance.entries')} className={CELL}>
        {number(entries)}
      </td>
      <td data-header={t('balance.debit')} className={CELL}>
        {of(debit)}
      </td>
      <td data-header={t('balance.credit')} className={CELL}>
        {of(credit)}
      </td>
      <td data-stack="corner" className={CELL}>
        {of(balance)}
      </td>
    </>
  );
}
