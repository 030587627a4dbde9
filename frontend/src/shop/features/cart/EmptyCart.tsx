import { EmptyState } from '@/shared/ui';
import { Link } from '@/shop/Link';
import { useT } from '../../i18n';

export function EmptyCart({ onLeave }: { onLeave?: () => void }) {
  const t = useT();
  return (
    <EmptyState
      title={t('cart.empty')}
      action={
        <Link to="/products" className="btn btn-primary" onClick={onLeave}>
          {t('cart.browse')}
        </Link>
      }
    >
      {t('cart.emptyHint')}
    </EmptyState>
  );
}
