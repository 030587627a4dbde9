import { ExternalLink, Eye } from 'lucide-react';
import type { StaffProduct } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { ButtonLink } from '@/admin/ui';

/** Leads to the product's page in the shop, or to how it will look there. */
export function ViewLink({ product }: { product: Pick<StaffProduct, 'id' | 'slug' | 'status'> }) {
  const t = useT();
  if (product.status !== 'active') {
    return (
      <ButtonLink to={`/products/${product.id}/preview`}>
        <Eye aria-hidden />
        {t('products.preview')}
      </ButtonLink>
    );
  }
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
