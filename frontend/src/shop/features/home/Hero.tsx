import { ArrowRight } from 'lucide-react';
import type { ProductCard } from '@/api/gen';
import { Link } from '@/shop/Link';
import { useT } from '../../i18n';
import { Price, ProductImage } from '../catalog';

/** What the shop stands for, beside what most people like. */
export function Hero({ star }: { star: ProductCard | undefined }) {
  const t = useT();
  return (
    <section className="grid items-stretch gap-4 lg:grid-cols-[1.05fr_1fr]">
      <div className="flex flex-col justify-center rounded-tile bg-tile px-6 py-14 sm:px-12 lg:min-h-[620px]">
        <p className="eyebrow">{t('home.hero.eyebrow')}</p>
        <h1 className="mt-4 max-w-[12ch] font-display text-hero">{t('home.hero.title')}</h1>
        <p className="mt-5 max-w-md text-lg text-muted">{t('home.hero.text')}</p>
        <div className="mt-8 flex flex-wrap gap-3">
          <Link to="/products?sort=newest" className="btn btn-primary">
            {t('home.hero.action')} <ArrowRight aria-hidden className="size-4" />
          </Link>
          <Link to="/products" className="btn btn-ghost">
            {t('notFound.browse')}
          </Link>
        </div>
      </div>
      <div className="group relative min-h-80 overflow-hidden rounded-tile bg-tile max-lg:aspect-[4/5]">
        {star?.thumbnail && (
          <>
            <ProductImage
              image={star.thumbnail}
              sizes="(min-width: 1024px) 620px, 92vw"
              alt=""
              eager
              className="absolute inset-0 size-full object-cover"
            />
            <div className="absolute inset-x-4 bottom-4 flex items-center justify-between gap-4 rounded-btn bg-surface px-4 py-3">
              <Link
                to={`/products/${star.slug}`}
                className="font-medium after:absolute after:-inset-4 after:-top-[200vh] group-hover:underline"
              >
                {star.title}
              </Link>
              <Price price={star.price} before={star.compare_at_price} />
            </div>
          </>
        )}
      </div>
    </section>
  );
}
