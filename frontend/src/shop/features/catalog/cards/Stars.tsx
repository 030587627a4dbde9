import { Star } from 'lucide-react';
import { useT } from '../../../i18n';

/** The average rating; nothing for what nobody has rated yet. */
export function Stars({ rating, count }: { rating: number | null; count: number }) {
  const t = useT();
  if (rating === null || count === 0) return null;
  return (
    <span className="inline-flex items-center gap-1 text-[13px] text-muted">
      <Star aria-hidden className="size-3.5 fill-star text-star" />
      <span className="sr-only">{t('rating.read', { rating: rating.toFixed(1), count })}</span>
      <span aria-hidden className="font-medium text-ink">
        {rating.toFixed(1)}
      </span>
      <span aria-hidden>({count})</span>
    </span>
  );
}
