import { lazy, Suspense, useState } from 'react';
import type { ReactElement } from 'react';
import { Ellipsis } from 'lucide-react';
import type { StaffProduct } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Button, IconButton } from '@/admin/ui';
import type { Doable } from './more-menu';

const MoreMenu = lazy(async () => ({ default: (await import('./more-menu')).MoreMenu }));

interface ProductMenuProps {
  product: Doable;
  onChanged?: (product: StaffProduct) => void;
  /** While something is typed, which these would leave behind. */
  disabled?: boolean;
  /** In a row of a list: a small button, named by the product. */
  inRow?: boolean;
}

/** The button for what one does with a whole product; its menu is loaded when it is asked for. */
export function ProductMenu({ product, onChanged, disabled = false, inRow }: ProductMenuProps) {
  const t = useT();
  const [asked, setAsked] = useState(false);
  const button = (open?: () => void): ReactElement => {
    const props = { disabled, ...(open && { 'aria-haspopup': 'menu' as const, onClick: open }) };
    return inRow ? (
      <IconButton
        label={t('products.more_of', { title: product.title })}
        className="relative z-10"
        {...props}
      >
        <Ellipsis aria-hidden />
      </IconButton>
    ) : (
      <Button {...props}>
        <Ellipsis aria-hidden />
        {t('products.more')}
      </Button>
    );
  };
  if (!asked) return button(() => setAsked(true));
  return (
    <Suspense fallback={button(() => undefined)}>
      <MoreMenu product={product} onChanged={onChanged} trigger={button()} />
    </Suspense>
  );
}
