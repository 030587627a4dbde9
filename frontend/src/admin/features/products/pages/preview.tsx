import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { adminProductsShowOptions } from '@/api/gen/@tanstack/react-query.gen';
import { useT } from '@/admin/i18n';
import { PageError, PageSkeleton } from '@/admin/ui';
import { Shown } from '../preview/shown';

/** A product as shoppers will see it, whether or not they may see it already. */
export default function Preview() {
  const t = useT();
  const { productId = '' } = useParams();
  const product = useQuery({
    ...adminProductsShowOptions({ path: { id_or_slug: productId } }),
    // Somebody who comes back from saving wants to see what was saved.
    staleTime: 0,
  });
  if (product.data) return <Shown key={product.data.id} product={product.data} />;
  if (product.isPending) return <PageSkeleton />;
  return (
    <PageError
      error={product.error}
      onRetry={() => void product.refetch()}
      back={{ to: '/products', label: t('products.back') }}
    />
  );
}
