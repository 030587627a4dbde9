import type { StaffVariant } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Money } from '@/admin/ui';

interface PriceProps {
  variant: StaffVariant | undefined;
  currency: string | undefined;
}

/** What a variant costs in a currency, and what it cost before; or that it costs nothing there. */
export function Price({ variant, currency }: PriceProps) {
  const t = useT();
  const price = variant?.prices.find((each) => each.currency === currency);
  if (!currency) return <p className="mt-3 text-danger">{t('preview.no_prices')}</p>;
  if (!price) return <p className="mt-3 text-danger">{t('preview.no_price', { currency })}</p>;
  const { amount, compare_at: before } = price;
  return (
    <p
      aria-live="polite"
      className="mt-3 flex flex-wrap items-baseline gap-3 text-xl font-semibold"
    >
      <Money value={{ amount, currency }} />
      {before !== null && (
        <s className="text-base font-normal text-muted">
          <Money value={{ amount: before, currency }} />
        </s>
      )}
    </p>
  );
}
