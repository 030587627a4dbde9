import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Truck } from 'lucide-react';
import { cartSummarize, type VariantOut } from '@/api/gen';
import { Skeleton } from '@/shared/ui';
import { useShopLanguage } from '../../../i18n';
import { useShop } from '../../../shop';

const SHOWN = 3;

/** What delivery of this alone costs in this region and when it would come, if sent today. */
export function DeliveryEstimate({ variant }: { variant: VariantOut }) {
  const { t, money, dayAfter } = useShopLanguage();
  const { region } = useShop();
  const { data, isPending, dataUpdatedAt } = useQuery({
    queryKey: ['delivery', region.id, variant.id],
    queryFn: async ({ signal }) => {
      const items = [{ variant_id: variant.id, quantity: 1 }];
      const body = { items, region_id: region.id };
      const { data: basket } = await cartSummarize({ body, signal, throwOnError: true });
      return basket.shipping_options;
    },
    staleTime: 10 * 60_000,
    placeholderData: keepPreviousData,
  });
  if (isPending) return <Skeleton className="mt-6 h-[134px] w-full rounded-tile!" />;
  const options = data?.slice(0, SHOWN) ?? [];
  if (options.length === 0) return null;
  const today = new Date(dataUpdatedAt);
  return (
    <ul
      aria-label={t('delivery.title')}
      className="mt-6 divide-y divide-line rounded-tile border border-line bg-surface"
    >
      {options.map(({ id, name, price, min_days: least, max_days: most }) => (
        <li key={id} className="flex items-center gap-3 px-4 py-3 text-sm">
          <Truck aria-hidden className="size-5 shrink-0 text-brand" />
          <span className="min-w-0 flex-1">
            <span className="font-semibold">{name}</span>
            <span className="block text-muted">
              {least === most
                ? t('delivery.on', { day: dayAfter(today, least) })
                : t('delivery.between', {
                    from: dayAfter(today, least),
                    to: dayAfter(today, most),
                  })}
            </span>
          </span>
          <span className="tabular-nums">
            {price.amount === 0 ? t('delivery.free') : money(price, { short: true })}
          </span>
        </li>
      ))}
    </ul>
  );
}
