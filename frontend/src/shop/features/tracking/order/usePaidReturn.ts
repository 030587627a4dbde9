import { useEffect, useRef } from 'react';
import { paymentsRefresh, type OrderOut } from '@/api/gen';
import { orderHeaders } from '@/shared/orderTokens';
import { useSearchParams } from '@/shop/useSearchParams';
import { lastTry, mayPay } from './states';
import { useRefreshOrder } from './useOrder';

/** Back from the provider's page: asks once how it went, since its own message may be late. */
export function usePaidReturn(order: OrderOut): void {
  const [query, setQuery] = useSearchParams();
  const refresh = useRefreshOrder(order.id);
  const asked = useRef(false);
  const isBack = query.has('paid');
  useEffect(() => {
    if (!isBack || asked.current) return;
    asked.current = true;
    setQuery({}, { replace: true });
    const session = mayPay(order) ? lastTry(order) : undefined;
    if (!session) return;
    const request = { path: { payment_id: session.id }, headers: orderHeaders(order.id) };
    void paymentsRefresh(request).then(refresh);
  }, [isBack, order, refresh, setQuery]);
}
