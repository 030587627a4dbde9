import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import { useT } from '@/admin/i18n';
import { IconButton } from '@/admin/ui';
import { Sidebar } from './sidebar';

interface DrawerProps {
  open: boolean;
  onClose: () => void;
  onSearch: () => void;
}

/** The sidebar on small screens. */
export function Drawer({ open, onClose, onSearch }: DrawerProps) {
  const t = useT();
  return (
    <Primitive.Root open={open} onOpenChange={(shown) => !shown && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/45 lg:hidden" />
        <Primitive.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 w-[264px] border-r border-line bg-side outline-none lg:hidden"
        >
          <Primitive.Title className="sr-only">{t('shell.sidebar')}</Primitive.Title>
          <Sidebar onSearch={onSearch} onGo={onClose} />
          <Primitive.Close asChild>
            <IconButton label={t('action.close')} className="absolute top-3 right-2">
              <X aria-hidden />
            </IconButton>
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
