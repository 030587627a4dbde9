import type { OrderOut } from '@/api/gen';
import { cx } from '@/shared/cx';
import { useT } from '../../../i18n';
import { wordsOf, type Tone } from './states';

const DOTS: Record<Tone, string> = {
  open: 'bg-star',
  moving: 'bg-brand',
  done: 'bg-good',
  over: 'bg-muted',
};

/** An order's status in a word. The dot only repeats it. */
export function StatusBadge({ order }: { order: OrderOut }) {
  const t = useT();
  const { label, tone } = wordsOf(order);
  return (
    <span className="inline-flex min-h-7 items-center gap-2 rounded-full border border-line bg-surface px-3 text-sm font-medium whitespace-nowrap">
      <span aria-hidden className={cx('size-2 rounded-full', DOTS[tone])} />
      {t(label)}
    </span>
  );
}
