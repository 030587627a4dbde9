import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { adminCustomersList } from '@/api/gen/sdk.gen';
import type { OrderOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { Card } from '@/admin/ui';
import { AddressLines } from '../address-lines';

export function CustomerCard({ order }: { order: OrderOut }) {
  const t = useT();
  const mayLook = useMay()('customers:read');
  const sameAddress =
    JSON.stringify(order.billing_address) === JSON.stringify(order.shipping_address);
  const heading = 'mt-4 mb-1 text-[13px] font-medium text-muted';
  return (
    <Card title={t('orders.customer')}>
      {mayLook ? (
        <CustomerLink order={order} />
      ) : (
        <p className="font-medium">{order.shipping_address.name}</p>
      )}
      <a
        href={`mailto:${order.email}`}
        className="inline-block min-h-6 break-all text-brand hover:underline"
      >
        {order.email}
      </a>
      <h3 className={heading}>{t('orders.shipping_address')}</h3>
      <AddressLines address={order.shipping_address} />
      <h3 className={heading}>{t('orders.billing_address')}</h3>
      {sameAddress ? (
        <p className="text-muted">{t('orders.same_address')}</p>
      ) : (
        <AddressLines address={order.billing_address} />
      )}
    </Card>
  );
}

/** The account with this e-mail address, or else the guest, whom any of their orders leads to. */
function CustomerLink({ order }: { order: OrderOut }) {
  const { data: id } = useQuery({
    queryKey: ['customer-of', order.email],
    queryFn: async ({ signal }) => {
      const { data } = await adminCustomersList({
        query: { kind: 'account', q: order.email, limit: 10 },
        signal,
        throwOnError: true,
      });
      const wanted = order.email.toLowerCase();
      return data.items.find((one) => one.email.toLowerCase() === wanted)?.id ?? order.id;
    },
  });
  const name = order.shipping_address.name;
  if (!id) return <p className="font-medium">{name}</p>;
  return (
    <Link to={`/customers/${id}`} className="block font-medium hover:underline">
      {name}
    </Link>
  );
}
