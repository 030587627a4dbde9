import type { StaffProduct, StaffVariant } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';

interface FactsProps {
  product: StaffProduct;
  variant: StaffVariant | undefined;
}

/** What the shop tells beside the description. */
export function Facts({ product, variant }: FactsProps) {
  const t = useT();
  const facts: [string, string | number | null | undefined][] = [
    [t('products.column_brand'), product.brand],
    [t('variants.sku'), variant?.sku],
    [t('variants.weight'), variant?.weight_g],
    [t('products.field_tags'), product.tags.join(', ')],
  ];
  return (
    <dl className="mt-6 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 border-t border-line pt-4">
      {facts.map(
        ([name, fact]) =>
          fact && (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="min-w-0 break-words">{fact}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
