import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { ProductCard } from '@/api/gen';
import { useT } from '../../../i18n';

const QuickBuy = lazy(() => import('./QuickBuy'));

/** Buys from the shelf: at once what comes in one variant, else after a choice. */
export function QuickAdd({ product }: { product: ProductCard }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-label={t('card.add', { title: product.title })}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="absolute right-3 bottom-3 z-10 grid size-10 place-items-center rounded-full border border-line bg-surface transition-opacity hover:border-ink focus-visible:opacity-100 pointer-fine:opacity-0 pointer-fine:group-focus-within:opacity-100 pointer-fine:group-hover:opacity-100"
      >
        <Plus aria-hidden className="size-5" />
      </button>
      {open && (
        <Suspense>
          <QuickBuy product={product} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
