import type { ProductCard } from '@/api/gen';
import { cx } from '@/shared/cx';
import { useT } from '../../../i18n';

type Kind = 'soldOut' | 'sale' | 'new';

/** At most one badge: sold out before sale before new. */
export function badgeOf({
  in_stock,
  badges,
}: Pick<ProductCard, 'in_stock' | 'badges'>): Kind | null {
  if (!in_stock) return 'soldOut';
  if (badges.includes('sale')) return 'sale';
  return badges.includes('new') ? 'new' : null;
}

export function Badge({ product }: { product: Pick<ProductCard, 'in_stock' | 'badges'> }) {
  const t = useT();
  const kind = badgeOf(product);
  if (!kind) return null;
  return (
    <span
      className={cx(
        'absolute top-3 left-3 rounded-full px-2.5 py-1 text-xs leading-none font-semibold',
        kind === 'sale' ? 'bg-sale text-paper' : 'bg-surface text-ink',
      )}
    >
      {t(`badge.${kind}`)}
    </span>
  );
}
