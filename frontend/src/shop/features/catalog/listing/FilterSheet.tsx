import { SlidersHorizontal, X } from 'lucide-react';
import { useState } from 'react';
import { Dialog } from '@/shared/ui';
import { Link } from '@/shop/Link';
import { useSearchParams } from '@/shop/useSearchParams';
import { useT } from '../../../i18n';
import { Facets, type Column } from './Facets';
import { active, cleared, hrefOf } from './filters';

/** The filters of small screens: a sheet from below that stays open while choosing. */
export function FilterSheet({ total, ...column }: Column & { total: number | null }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [address] = useSearchParams();
  const count = active(address).length;
  return (
    <div className="flex-1 lg:hidden">
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="btn btn-ghost min-h-11 w-full px-4 text-sm"
      >
        <SlidersHorizontal aria-hidden className="size-4" />
        {t('filter.title')}
        {count > 0 && (
          <span className="grid min-w-5 place-items-center rounded-full bg-brand px-1 text-xs leading-5 text-brand-ink">
            {count}
          </span>
        )}
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} label={t('filter.title')} side="sheet">
        <div className="flex max-h-[88dvh] flex-col">
          <div className="flex items-center justify-between border-b border-line py-2 pr-2 pl-5">
            <h2 className="font-display text-2xl">{t('filter.title')}</h2>
            <button
              type="button"
              className="icon-btn"
              aria-label={t('action.close')}
              onClick={() => setOpen(false)}
            >
              <X aria-hidden className="size-5" />
            </button>
          </div>
          <div className="flex-1 overflow-y-auto p-5">
            <Facets {...column} />
          </div>
          <div className="flex gap-3 border-t border-line p-4">
            <Link to={hrefOf(cleared(address))} className="btn btn-ghost flex-1">
              {t('filter.clear')}
            </Link>
            <button type="button" className="btn btn-primary flex-1" onClick={() => setOpen(false)}>
              {total === null ? t('action.close') : t('filter.show', { count: total })}
            </button>
          </div>
        </div>
      </Dialog>
    </div>
  );
}
