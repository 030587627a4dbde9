import type { ImageOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Menu, MenuChoice } from '@/admin/ui';
import { Thumb } from '../thumb';

interface VariantPictureProps {
  name: string;
  images: readonly ImageOut[];
  value: string | null;
  onChange: (imageId: string | null) => void;
}

/** The picture of a variant, with a menu of the product's pictures. */
export function VariantPicture({ name, images, value, onChange }: VariantPictureProps) {
  const t = useT();
  const image = images.find((each) => each.id === value);
  if (images.length === 0) return null;
  const none = { value: '', label: t('variants.no_picture') };
  const choices = images.map((each, index) => ({
    value: each.id,
    label: `${index + 1}. ${each.alt || t('media.alt_placeholder')}`,
  }));
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" aria-label={t('variants.picture', { name })} className="shrink-0">
          <Thumb image={image} />
        </button>
      }
    >
      <MenuChoice
        label={t('variants.picture', { name })}
        value={value ?? ''}
        onChange={(id) => onChange(id || null)}
        choices={[none, ...choices]}
      />
    </Menu>
  );
}
