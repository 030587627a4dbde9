import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Archive, ArchiveRestore, Copy, Ellipsis, Trash2 } from 'lucide-react';
import { useNavigate } from 'react-router';
import { toast } from '@/admin/ui/toast';
import { adminProductsListProductsQueryKey } from '@/api/gen/@tanstack/react-query.gen';
import { adminProductsChange, adminProductsCreate, adminProductsDelete } from '@/api/gen/sdk.gen';
import type { ProductStatus, StaffProduct } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import {
  Button,
  ConfirmDialog,
  idempotent,
  ifMatch,
  Menu,
  MenuItem,
  toastProblem,
} from '@/admin/ui';
import { copyOf } from '../copy';

interface MoreMenuProps {
  product: StaffProduct;
  onChanged: (product: StaffProduct) => void;
  /** While something is typed, which these would leave behind. */
  disabled: boolean;
}

/** What one does with a whole product; it opens as soon as it is there. */
export function MoreMenu({ product, onChanged, disabled }: MoreMenuProps) {
  const t = useT();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [deleting, setDeleting] = useState(false);
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work();
      void cache.invalidateQueries({ queryKey: adminProductsListProductsQueryKey() });
    } catch (error) {
      toastProblem(error);
      throw error;
    }
  };
  const duplicate = () =>
    attempt(async () => {
      const { data } = await adminProductsCreate({
        body: copyOf(product, t('products.copy_of', { title: product.title })),
        ...idempotent(),
        throwOnError: true,
      });
      toast.success(t('products.duplicated'));
      void navigate(`/products/${data.id}`);
    }).catch(() => undefined);
  const become = (status: ProductStatus) =>
    attempt(async () => {
      const { data } = await adminProductsChange({
        path: { id_or_slug: product.id },
        body: { status },
        ...ifMatch(product.version),
        throwOnError: true,
      });
      onChanged(data);
      toast.success(t(`products.now_${status}`));
    }).catch(() => undefined);
  const remove = () =>
    attempt(async () => {
      await adminProductsDelete({
        path: { id_or_slug: product.id },
        ...ifMatch(product.version),
        throwOnError: true,
      });
      toast.success(t('products.deleted'));
      void navigate('/products');
    });
  const archived = product.status === 'archived';
  return (
    <>
      <Menu
        defaultOpen
        trigger={
          <Button disabled={disabled}>
            <Ellipsis aria-hidden />
            {t('products.more')}
          </Button>
        }
      >
        <MenuItem icon={<Copy aria-hidden />} onSelect={() => void duplicate()}>
          {t('products.duplicate')}
        </MenuItem>
        <MenuItem
          icon={archived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
          onSelect={() => void become(archived ? 'draft' : 'archived')}
        >
          {archived ? t('products.restore') : t('products.archive')}
        </MenuItem>
        <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => setDeleting(true)}>
          {t('action.delete')}
        </MenuItem>
      </Menu>
      <ConfirmDialog
        open={deleting}
        title={t('products.delete_title', { title: product.title })}
        confirm={t('action.delete')}
        danger
        onConfirm={remove}
        onClose={() => setDeleting(false)}
      >
        {t('products.delete_text')}
      </ConfirmDialog>
    </>
  );
}
