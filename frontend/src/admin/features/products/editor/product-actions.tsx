import { lazy, Suspense, useState } from 'react';
import { Ellipsis, ExternalLink } from 'lucide-react';
import type { StaffProduct } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { Button } from '@/admin/ui';

const MoreMenu = lazy(async () => ({ default: (await import('../actions/more-menu')).MoreMenu }));

interface ProductActionsProps {
  product: StaffProduct;
  onChanged: (product: StaffProduct) => void;
  /** While something is typed, which these would leave behind. */
  disabled: boolean;
}

export function ProductActions(props: ProductActionsProps) {
  const t = useT();
  const may = useMay();
  const [asked, setAsked] = useState(false);
  const button = (
    <Button aria-haspopup="menu" disabled={props.disabled} onClick={() => setAsked(true)}>
      <Ellipsis aria-hidden />
      {t('products.more')}
    </Button>
  );
  return (
    <>
      {props.product.status === 'active' && (
        <a
          href={`/products/${props.product.slug}`}
          className="inline-flex h-[34px] items-center gap-1.5 rounded-lg border border-line bg-surface px-3 text-[13px] font-[550] shadow-card hover:bg-tile"
        >
          <ExternalLink aria-hidden className="size-4" />
          {t('products.view')}
        </a>
      )}
      {may('catalog:write') &&
        (asked ? (
          <Suspense fallback={button}>
            <MoreMenu {...props} />
          </Suspense>
        ) : (
          button
        ))}
    </>
  );
}
