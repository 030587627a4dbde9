import { useMutation } from '@tanstack/react-query';
import { checkoutCheckout, type CheckoutIn } from '@/api/gen';
import { rememberOrder } from '@/shared/orderTokens';
import { endAttempt, keyOf, mayPass } from '../attempt';

const TRIES = 2;

/**
 * Buys. What nobody knows the outcome of is sent again under the same key: at once a few times,
 * later by the buyer, even after a reload. The shop answers it once.
 */
export function usePurchase() {
  return useMutation({
    networkMode: 'always',
    retry: (failures, error) => failures <= TRIES && mayPass(error),
    retryDelay: (failures) => 400 * 2 ** failures,
    mutationFn: async (body: CheckoutIn) => {
      const headers = { 'Idempotency-Key': keyOf(body) };
      try {
        const { data } = await checkoutCheckout({ body, headers, throwOnError: true });
        rememberOrder(data.order.id, data.order_token);
        endAttempt();
        return data;
      } catch (error) {
        if (!mayPass(error)) endAttempt();
        throw error;
      }
    },
  });
}
