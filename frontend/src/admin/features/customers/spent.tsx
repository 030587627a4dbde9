import type { CustomerOut } from '@/api/gen/types.gen';
import { Money } from '@/admin/ui';
import { decimal } from '@/admin/ui/format';

/** What somebody has spent, by currency. */
export function Spent({ amounts }: { amounts: CustomerOut['spent'] }) {
  if (amounts.length === 0) return <Money value={null} />;
  return (
    <span className="inline-flex flex-wrap justify-end gap-x-2">
      {amounts.map((amount) => (
        <Money key={amount.currency} value={amount} />
      ))}
    </span>
  );
}

export const spentText = (amounts: CustomerOut['spent']) =>
  amounts.map(({ amount, currency }) => `${decimal(amount, currency)} ${currency}`).join(' + ');
