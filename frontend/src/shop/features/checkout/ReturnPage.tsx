import { Navigate, useLocation } from 'react-router';
import { keys, storage } from '@/shared/storage';
import { MissingOrder } from '../tracking';

/** Back from the provider's page: to the order if it was paid, to the last step if it was not. */
export default function ReturnPage() {
  const { pathname } = useLocation();
  const pending = storage.get<string>(keys.paying);
  if (!pathname.endsWith('/success')) {
    return <Navigate to="/checkout?step=payment&cancelled=1" replace />;
  }
  if (pending) return <Navigate to={`/orders/${pending}/confirmed?paid=1`} replace />;
  return <MissingOrder alone />;
}
