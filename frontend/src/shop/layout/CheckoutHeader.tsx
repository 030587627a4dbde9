import { Lock } from 'lucide-react';
import { Link } from '@/shop/Link';
import { useT } from '../i18n';
import { useShop } from '../shop';

/** While somebody pays there is only the way home, and a lock. */
export default function CheckoutHeader() {
  const t = useT();
  const { name } = useShop().store;
  return (
    <header className="no-print border-b border-line bg-paper">
      <div className="wrap flex h-16 items-center justify-between">
        <Link
          to="/"
          className="font-display text-[30px] leading-none tracking-tight"
          aria-label={t('header.home', { name })}
        >
          {name}
        </Link>
        <span className="flex items-center gap-2 text-sm text-muted">
          <Lock aria-hidden className="size-4" />
          {t('checkout.secure')}
        </span>
      </div>
    </header>
  );
}
