import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { UseFormRegisterReturn } from 'react-hook-form';
import type { CartOut } from '@/api/gen';
import { shippingListOptionsOptions } from '@/api/gen/@tanstack/react-query.gen';
import { ErrorState, Skeleton } from '@/shared/ui';
import { useShopLanguage } from '../../../i18n';
import { daysOf } from '../../cart';

interface Props {
  cart: CartOut;
  country: string;
  chosen: string;
  error: string | undefined;
  register: () => UseFormRegisterReturn;
  onPick: (id: string) => void;
}

/** The ways to ship there, with prices and days. The first is chosen until another is. */
export function ShippingChoices({ cart, country, chosen, error, register, onPick }: Props) {
  const language = useShopLanguage();
  const { t, money } = language;
  const options = useQuery({
    ...shippingListOptionsOptions({ query: { country, cart_id: cart.id } }),
    staleTime: 0,
  });
  const items = options.data?.items;
  useEffect(() => {
    if (items && !items.some(({ id }) => id === chosen)) onPick(items[0]?.id ?? '');
  }, [items, chosen, onPick]);
  return (
    <fieldset className="mt-6">
      <legend className="text-sm font-semibold">{t('checkout.method')}</legend>
      <div className="mt-2 flex min-h-[8.5rem] flex-col gap-2">
        {options.isPending && (
          <>
            <Skeleton className="h-16 w-full rounded-btn!" />
            <Skeleton className="h-16 w-full rounded-btn!" />
          </>
        )}
        {options.isError && (
          <ErrorState error={options.error} onRetry={() => void options.refetch()} />
        )}
        {items?.length === 0 && <p className="text-sale">{t('delivery.none')}</p>}
        {items?.map((option) => (
          <label
            key={option.id}
            className="flex min-h-16 cursor-pointer items-center gap-3 rounded-btn border border-field bg-surface px-4 py-2 has-checked:border-brand has-checked:ring-1 has-checked:ring-brand"
          >
            <input
              type="radio"
              value={option.id}
              className="size-5 shrink-0 accent-brand"
              {...register()}
            />
            <span className="min-w-0 flex-1">
              <span className="block font-medium">{option.name}</span>
              <span className="block text-sm text-muted">{daysOf(option, language)}</span>
            </span>
            <span className="font-medium tabular-nums">
              {option.price.amount === 0 ? t('delivery.free') : money(option.price)}
            </span>
          </label>
        ))}
      </div>
      {error && (
        <p role="alert" className="mt-1 text-sm text-sale">
          {error}
        </p>
      )}
    </fieldset>
  );
}
