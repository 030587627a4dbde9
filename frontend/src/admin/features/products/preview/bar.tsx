import { ArrowLeft, Eye } from 'lucide-react';
import type { StaffProduct } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { ButtonLink, Field, Select } from '@/admin/ui';
import { ViewLink } from '../actions/view-link';

interface BarProps {
  product: StaffProduct;
  currencies: readonly string[];
  currency: string | undefined;
  onCurrency: (currency: string) => void;
}

/** Says that this is no page of the shop, and leads out of it. */
export function Bar({ product, currencies, currency, onCurrency }: BarProps) {
  const t = useT();
  return (
    <section
      aria-label={t('products.preview')}
      className="mb-4 flex flex-wrap items-center gap-3 rounded-xl border border-line bg-info-tint px-4 py-3 text-info"
    >
      <Eye aria-hidden className="size-5 shrink-0 max-sm:hidden" />
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-semibold">{t(`preview.${product.status}`)}</p>
        <p className="text-[13px]">{t('preview.saved')}</p>
      </div>
      <div className="flex flex-wrap items-center gap-2 text-ink">
        {currencies.length > 1 && (
          <Field label={t('preview.currency')} quiet>
            <Select
              value={currency ?? ''}
              onChange={(event) => onCurrency(event.target.value)}
              choices={currencies.map((each) => ({ value: each, label: each }))}
            />
          </Field>
        )}
        {product.status === 'active' && <ViewLink product={product} />}
        <ButtonLink to={`/products/${product.id}`}>
          <ArrowLeft aria-hidden />
          {t('preview.back')}
        </ButtonLink>
      </div>
    </section>
  );
}
