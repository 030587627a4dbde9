import type { ReactNode } from 'react';
import { useT } from '@/admin/i18n';
import { Menu, MenuChoice } from '@/admin/ui';

interface PictureMenuProps {
  label: string;
  value: string;
  choices: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
  trigger: ReactNode;
}

/** A menu of a product's pictures; it opens as soon as it is there. */
export function PictureMenu({ label, value, choices, onChange, trigger }: PictureMenuProps) {
  const t = useT();
  return (
    <Menu align="start" defaultOpen trigger={trigger}>
      <MenuChoice
        label={label}
        value={value}
        onChange={onChange}
        choices={[{ value: '', label: t('variants.no_picture') }, ...choices]}
      />
    </Menu>
  );
}
