import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { adminProductsShowOptions } from '@/api/gen/@tanstack/react-query.gen';
import { useT } from '@/admin/i18n';
import { PageError, PageSkeleton } from '@/admin/ui';
import { ProductEditor } from '../editor/product-editor';

export default function ProductEdit() {
  const t = useT();
  const { productId = '' } = useParams();
  const query = adminProductsShowOptions({ path: { id_or_slug: productId } });
  const product = useQuery(query);
  const cache = useQueryClient();
  if (product.isPending) return <PageSkeleton />;
  if (product.isError && !product.data) {
    return (
      <PageError
        error={product.error}
        onRetry={() => void product.refetch()}
        back={{ to: '/products', label: t('products.back') }}
      />
    );
  }
  return (
    <ProductEditor
      key={product.data.id}
      product={product.data}
      reload={() => cache.fetchQuery({ ...query, staleTime: 0 })}
      onSaved={(saved) => cache.setQueryData(query.queryKey, saved)}
    />
  );
}
