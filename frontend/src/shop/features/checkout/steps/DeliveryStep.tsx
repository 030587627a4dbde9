import { useQuery } from '@tanstack/react-query';
import { addressesListAddressesOptions } from '@/api/gen/@tanstack/react-query.gen';
import type { CartOut } from '@/api/gen';
import type { Problem } from '@/api/problem';
import { useSession } from '@/shared/session';
import { Skeleton } from '@/shared/ui';
import { fieldsOf } from '../../../forms/address';
import { useShop } from '../../../shop';
import { begunFor } from './begun';
import { DeliveryForm } from './DeliveryForm';

interface Props {
  cart: CartOut;
  refused: Problem | undefined;
  onDone: () => void;
}

/** Where it goes and how. Begins with what the cart or the account knows. */
export function DeliveryStep({ cart, refused, onDone }: Props) {
  const { region } = useShop();
  const { status, user } = useSession();
  const saved = useQuery({ ...addressesListAddressesOptions(), enabled: status === 'user' });
  if (saved.isLoading) return <Skeleton className="h-96 w-full" />;
  const addresses = saved.data?.items ?? [];
  const usual = addresses.find((address) => address.is_default) ?? addresses[0];
  const country = cart.country ?? region.countries[0] ?? '';
  const known = cart.shipping_address ?? usual ?? { country, name: user?.name ?? '' };
  return (
    <DeliveryForm
      cart={cart}
      start={begunFor(cart.id) ?? fieldsOf(known)}
      saved={addresses}
      refused={refused}
      onDone={onDone}
    />
  );
}
