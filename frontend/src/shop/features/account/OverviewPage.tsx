import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { addressesListAddressesOptions } from '@/api/gen/@tanstack/react-query.gen';
import { useSession } from '@/shared/session';
import { ErrorState, Skeleton } from '@/shared/ui';
import { Link } from '@/shop/Link';
import { useShopLanguage } from '../../i18n';
import { AddressText } from '../tracking';
import { AccountPage } from './AccountPage';
import { OrderCard } from './orders/OrderCard';
import { NoOrders, OrdersSkeleton } from './orders/OrdersPage';
import { useOrders } from './orders/useOrders';

const RECENT = 3;

export default function OverviewPage() {
  const { t, date } = useShopLanguage();
  const { user } = useSession();
  return (
    <AccountPage title={user?.name ? t('account.hello', { name: user.name }) : t('account.title')}>
      <Recent />
      <div className="mt-12 grid gap-4 sm:grid-cols-2">
        <Card title={t('overview.address')} to="/account/addresses" action={t('overview.manage')}>
          <DefaultAddress />
        </Card>
        <Card title={t('account.profile')} to="/account/profile" action={t('overview.change')}>
          <p className="truncate">{user?.email}</p>
          {user && (
            <p className="text-muted">
              {t('overview.since', { day: date(user.created_at, 'dateLong', true) })}
            </p>
          )}
        </Card>
      </div>
    </AccountPage>
  );
}

function Recent() {
  const { t } = useShopLanguage();
  const { data, error, refetch } = useOrders();
  if (!data) {
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <OrdersSkeleton />;
  }
  if (data.length === 0) return <NoOrders />;
  return (
    <>
      <div className="mt-8 flex items-baseline justify-between gap-4">
        <h2 className="font-display text-h2">{t('overview.recent')}</h2>
        <Link to="/account/orders" className="link font-medium">
          {t('home.all')}
        </Link>
      </div>
      <ul className="mt-4 flex flex-col gap-4">
        {data.slice(0, RECENT).map((order) => (
          <OrderCard key={order.id} order={order} />
        ))}
      </ul>
    </>
  );
}

function DefaultAddress() {
  const { t } = useShopLanguage();
  const { data, error, refetch } = useQuery(addressesListAddressesOptions());
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-24 w-full" />;
  const address = data.items.find(({ is_default }) => is_default) ?? data.items[0];
  return address ? (
    <AddressText address={address} />
  ) : (
    <p className="text-muted">{t('addresses.noneText')}</p>
  );
}

interface CardProps {
  title: string;
  to: string;
  action: string;
  children: ReactNode;
}

function Card({ title, to, action, children }: CardProps) {
  return (
    <section className="flex flex-col rounded-tile border border-line bg-surface p-5">
      <h2 className="font-semibold">{title}</h2>
      <div className="mt-2 flex-1">{children}</div>
      <Link to={to} className="link mt-4 self-start font-medium">
        {action}
      </Link>
    </section>
  );
}
