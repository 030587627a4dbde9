import type { ReactNode } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from 'react-router';
import {
  adminCustomersGetOptions,
  adminCustomersListQueryKey,
} from '@/api/gen/@tanstack/react-query.gen';
import type { CustomerDetail as Customer } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Allowed } from '@/admin/app/permissions';
import { AddressLines } from '@/admin/features/orders';
import { Badge, Card, DateTime, PageError, PageHeader, PageSkeleton } from '@/admin/ui';
import { date, number } from '@/admin/ui/format';
import { Activation } from '../activation';
import { CustomerOrders } from '../customer-orders';
import { Spent } from '../spent';

export default function CustomerDetail() {
  const t = useT();
  const { customerId = '' } = useParams();
  const cache = useQueryClient();
  const query = adminCustomersGetOptions({ path: { customer_id: customerId } });
  const found = useQuery(query);
  if (found.isPending) return <PageSkeleton />;
  if (!found.data) {
    return (
      <PageError
        error={found.error}
        onRetry={() => void found.refetch()}
        back={{ to: '/customers', label: t('customers.back') }}
      />
    );
  }
  const customer = found.data;
  const onChanged = () => {
    void cache.invalidateQueries({ queryKey: query.queryKey });
    void cache.invalidateQueries({ queryKey: adminCustomersListQueryKey() });
  };
  return (
    <>
      <PageHeader
        title={customer.name ?? customer.email}
        back={{ to: '/customers', label: t('customers.back') }}
        beside={
          <>
            {customer.kind === 'guest' && <Badge>{t('customers.guest')}</Badge>}
            {!customer.is_active && <Badge tone="danger">{t('customers.inactive')}</Badge>}
          </>
        }
        sub={
          <a
            href={`mailto:${customer.email}`}
            className="inline-block min-h-6 break-all hover:underline"
          >
            {customer.email}
          </a>
        }
        actions={
          customer.kind === 'account' && (
            <Allowed to="customers:write">
              <Activation customer={customer} onChanged={onChanged} />
            </Allowed>
          )
        }
      />
      <Facts customer={customer} />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="min-w-0">
          <Allowed to="orders:read">
            <CustomerOrders customer={customer} />
          </Allowed>
        </div>
        <Addresses customer={customer} />
      </div>
    </>
  );
}

function Facts({ customer }: { customer: Customer }) {
  const t = useT();
  const facts: [string, ReactNode][] = [
    [t('customers.lifetime'), <Spent key="spent" amounts={customer.spent} />],
    [t('customers.paid_orders'), number(customer.orders)],
    [t('customers.column_last'), <DateTime key="last" value={customer.last_order_at} relative />],
    [
      t(customer.kind === 'guest' ? 'customers.first_bought' : 'customers.column_since'),
      date(customer.created_at),
    ],
  ];
  return (
    <dl className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4 lg:gap-4">
      {facts.map(([label, value]) => (
        <div key={label} className="card p-3.5 sm:p-4">
          <dt className="text-[13px] text-muted">{label}</dt>
          <dd className="mt-0.5 text-lg font-semibold tracking-tight [&_time]:whitespace-normal">
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Addresses({ customer }: { customer: Customer }) {
  const t = useT();
  return (
    <Card title={t('customers.addresses')} className="self-start">
      {customer.addresses.length === 0 ? (
        <p className="text-muted">{t('customers.no_addresses')}</p>
      ) : (
        <ul className="-my-3 divide-y divide-line">
          {customer.addresses.map((address) => (
            <li key={address.id ?? JSON.stringify(address)} className="py-3">
              {address.is_default && (
                <span className="float-right ml-2">
                  <Badge tone="info">{t('customers.default_address')}</Badge>
                </span>
              )}
              <AddressLines address={address} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
