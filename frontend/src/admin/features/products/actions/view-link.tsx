import { ExternalLink } from 'lucide-react';
import type { StaffProduct } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';

/** Leads to the product's page in the shop. */
export function ViewLink({ product }: { product: Pick<StaffProduct, 'slug' | 'status'> }) {
  const t = useT();
  if (product.status !== 'active') return null;
  return (
    <a
      href={`/products/${product.slug}`}
      className="inline-flex h-[34px] items-center gap-1.5 rounded-lg border border-line bg-surface px-3 text-[13px] font-[550] shadow-card hover:bg-tile"
    >
      <ExternalLink aria-hidden className="size-4" />
      {t('products.view')}
    </a>
  );
}
