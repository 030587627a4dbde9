import { useState } from 'react';
import type { OrderOut } from '@/api/gen';
import { Dialog } from '@/shared/ui';
import { useShopLanguage } from '../../../i18n';
import { useShop } from '../../../shop';
import { CardForm } from './CardForm';
import { lastTry } from './states';
import { PayElsewhere } from './PayElsewhere';

/** Another try to pay for an order that waits: by test card here, else on the provider's page. */
export function PayAgain({ order }: { order: OrderOut }) {
  const { t, money, dateTime } = useShopLanguage();
  const { store } = useShop();
  const [open, setOpen] = useState(false);
  const declined = lastTry(order)?.status === 'failed';
  return (
    <div className="no-print rounded-tile border border-line bg-surface p-5 sm:p-6">
      <h2 className="text-lg font-semibold">
        {t(declined ? 'pay.declinedTitle' : 'pay.openTitle')}
      </h2>
      <p className="mt-1 text-muted">
        {order.expires_at
          ? t('pay.until', { moment: dateTime(order.expires_at, true) })
          : t('pay.open')}
      </p>
      {store.features.test_cards ? (
        <>
          <button type="button" className="btn btn-primary mt-4" onClick={() => setOpen(true)}>
            {t('pay.action', { amount: money(order.totals.grand_total) })}
          </button>
          <Dialog open={open} onClose={() => setOpen(false)} label={t('pay.title')} side="modal">
            <CardForm order={order} onDone={() => setOpen(false)} />
          </Dialog>
        </>
      ) : (
        <PayElsewhere order={order} />
      )}
    </div>
  );
}
