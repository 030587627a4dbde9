import { useEffect, useState } from 'react';
import type { StaffProduct } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { cn } from '@/admin/ui';
import { startingOptions, variantOf } from '@/shared/variants';
import { Bar } from './bar';
import { Facts } from './facts';
import { Gallery } from './gallery';
import { Options } from './options';
import { Price } from './price';
import './preview.css';

/** The currencies that the product has prices in; first the one that its list shows. */
function currenciesOf({ price, variants }: StaffProduct): string[] {
  const all = variants.flatMap(({ prices }) => prices.map(({ currency }) => currency));
  return [...new Set([...(price ? [price.currency] : []), ...all])];
}

/** Laid out as the shop's page of a product, from what staff see of it. */
export function Shown({ product }: { product: StaffProduct }) {
  const t = useT();
  const currencies = currenciesOf(product);
  const [currency, setCurrency] = useState(currencies[0]);
  const [options, setOptions] = useState(() => startingOptions(product));
  const variant = variantOf(product, options) ?? product.variants[0];
  useEffect(() => {
    document.title = `${t('preview.title', { title: product.title })} · Sokoni`;
  }, [t, product.title]);
  return (
    <>
      <Bar product={product} currencies={currencies} currency={currency} onCurrency={setCurrency} />
      <article className="card grid gap-8 p-4 sm:p-8 lg:grid-cols-[1.25fr_1fr] lg:gap-12">
        <Gallery images={product.images} chosen={variant?.image_id} />
        <div className="min-w-0">
          {product.brand && (
            <p className="text-[13px] font-semibold tracking-[.12em] text-muted uppercase">
              {product.brand}
            </p>
          )}
          <h1 className="mt-2 text-3xl leading-tight font-semibold tracking-tight break-words">
            {product.title}
          </h1>
          <Price variant={variant} currency={currency} />
          {product.description ? (
            // As in the shop: cleaned by an allow-list when it is written, whoever writes it.
            <div
              className="preview-text mt-5 text-[15px] text-muted"
              dangerouslySetInnerHTML={{ __html: product.description }}
            />
          ) : (
            <p className="mt-5 text-muted italic">{t('preview.no_description')}</p>
          )}
          <Options product={product} chosen={options} onChoose={setOptions} />
          <p className="mt-6 flex items-center gap-2">
            <span
              aria-hidden
              className={cn('size-2 rounded-full', variant?.in_stock ? 'bg-good' : 'bg-danger')}
            />
            {t(variant?.in_stock ? 'products.in_stock' : 'products.out_of_stock')}
          </p>
          <button
            type="button"
            disabled
            className="mt-3 h-13 w-full rounded-[10px] bg-brand text-[15px] font-semibold text-brand-ink opacity-50"
          >
            {t('preview.add_to_cart')}
          </button>
          <Facts product={product} variant={variant} />
        </div>
      </article>
    </>
  );
}
