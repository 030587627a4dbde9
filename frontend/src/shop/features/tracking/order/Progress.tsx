import { Check } from 'lucide-react';
import type { OrderOut } from '@/api/gen';
import { cx } from '@/shared/cx';
import { useT, type Key } from '../../../i18n';
import { STEPS, stepOf } from './states';

const NAMES: Record<(typeof STEPS)[number], Key> = {
  pending: 'order.step.placed',
  confirmed: 'order.step.paid',
  processing: 'order.step.packed',
  shipped: 'order.step.shipped',
  delivered: 'order.step.delivered',
};

/** From placed to delivered, as far as it has come; nothing for an order that was called off. */
export function Progress({ order }: { order: OrderOut }) {
  const t = useT();
  const reached = stepOf(order);
  if (reached === undefined) return null;
  return (
    <ol aria-label={t('order.progress')} className="flex">
      {STEPS.map((step, position) => {
        const done = position <= reached;
        return (
          <li
            key={step}
            aria-current={position === reached ? 'step' : undefined}
            className="relative flex flex-1 flex-col items-center gap-2 text-center"
          >
            {position > 0 && (
              <span
                aria-hidden
                className={cx(
                  'absolute top-3 right-1/2 h-0.5 w-full -translate-y-1/2',
                  done ? 'bg-brand' : 'bg-line',
                )}
              />
            )}
            <span
              className={cx(
                'relative z-10 grid size-6 place-items-center rounded-full border-2',
                done ? 'border-brand bg-brand text-brand-ink' : 'border-line bg-paper',
              )}
            >
              {done && <Check aria-hidden className="size-3.5" strokeWidth={3} />}
            </span>
            <span
              className={cx(
                'px-0.5 text-[13px] leading-tight',
                done ? 'font-medium' : 'text-muted',
                position !== reached && 'max-sm:sr-only',
              )}
            >
              {t(NAMES[step])}
              <span className="sr-only"> {t(done ? 'order.step.done' : 'order.step.toCome')}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
