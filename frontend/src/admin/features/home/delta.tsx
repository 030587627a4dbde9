import { ArrowDownRight, ArrowUpRight } from 'lucide-react';
import { useT } from '@/admin/i18n';
import { percent } from '@/admin/ui/format';

/** How much more or less than before; words and an arrow say it, the colour only helps. */
export function Delta({ now, before }: { now: number; before: number }) {
  const t = useT();
  const className = 'text-[13px] text-muted';
  if (before === 0) return <span className={className}>{t('home.delta_none')}</span>;
  if (now === before) return <span className={className}>{t('home.delta_same')}</span>;
  const up = now > before;
  const Arrow = up ? ArrowUpRight : ArrowDownRight;
  const share = percent(Math.abs(now - before) / before);
  return (
    <span className={className}>
      <span className={up ? 'font-medium text-good' : 'font-medium text-danger'}>
        <Arrow aria-hidden className="mr-0.5 inline size-3.5" />
        <span className="sr-only">{t(up ? 'home.delta_up' : 'home.delta_down')} </span>
        {share}
      </span>{' '}
      <span className="max-sm:sr-only">{t('home.delta_than_before')}</span>
    </span>
  );
}
