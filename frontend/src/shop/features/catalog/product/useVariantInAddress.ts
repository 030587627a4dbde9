import { useSyncExternalStore } from 'react';
import type { Product } from '@/api/gen';
import { useSearchParams } from '@/shop/useSearchParams';
import { startingOptions, variantOf, type Options } from '@/shared/variants';

const never = () => () => undefined;

/**
 * The chosen options, kept in the address as `?variant=`. The server's page is the same for all
 * variants, so the one asked for is shown as soon as the page is alive.
 */
export function useVariantInAddress(product: Product | undefined) {
  const [address, setAddress] = useSearchParams();
  const wanted = useSyncExternalStore(
    never,
    () => address.get('variant'),
    () => null,
  );
  const options = product ? startingOptions(product, wanted) : {};
  const setOptions = (next: Options) => {
    const variant = product && variantOf(product, next);
    if (!variant) return;
    const changed = new URLSearchParams(address);
    changed.set('variant', variant.id);
    setAddress(changed, { replace: true, preventScrollReset: true });
  };
  return [options, setOptions] as const;
}
