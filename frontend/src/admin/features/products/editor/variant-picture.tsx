import { lazy, Suspense, useState } from 'react';
import type { ComponentProps } from 'react';
import type { ImageOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Thumb } from '../thumb';

const PictureMenu = lazy(async () => ({
  default: (await import('../actions/picture-menu')).PictureMenu,
}));

interface VariantPictureProps {
  name: string;
  images: readonly ImageOut[];
  value: string | null;
  onChange: (imageId: string | null) => void;
}

/** The picture of a variant; a click loads the menu of the product's pictures. */
export function VariantPicture({ name, images, value, onChange }: VariantPictureProps) {
  const t = useT();
  const [asked, setAsked] = useState(false);
  if (images.length === 0) return null;
  const label = t('variants.picture', { name });
  const button = (props?: ComponentProps<'button'>) => (
    <button type="button" aria-label={label} className="shrink-0" {...props}>
      <Thumb image={images.find((each) => each.id === value)} />
    </button>
  );
  if (!asked) return button({ 'aria-haspopup': 'menu', onClick: () => setAsked(true) });
  return (
    <Suspense fallback={button()}>
      <PictureMenu
        label={label}
        value={value ?? ''}
        onChange={(id) => onChange(id || null)}
        choices={images.map((each, index) => ({
          value: each.id,
          label: `${index + 1}. ${each.alt || t('media.alt_placeholder')}`,
        }))}
        trigger={button()}
      />
    </Suspense>
  );
}
