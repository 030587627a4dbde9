import { useState } from 'react';
import type { ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Archive, ArchiveRestore, Copy, Trash2 } from 'lucide-react';
import { useNavigate } from 'react-router';
import { toast } from '@/admin/ui/toast';
import { adminProductsListProductsQueryKey } from '@/api/gen/@tanstack/react-query.gen';
import {
  adminProductsChange,
  adminProductsDelete,
  adminProductsDuplicate,
} from '@/api/gen/sdk.gen';
import type { ProductStatus, StaffProduct } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import {
  ConfirmDialog,
  idempotent,
  ifMatch,
  Menu,
  MenuItem,
  toastProblem,
  toastUndo,
} from '@/admin/ui';

/** What the menu needs to know of a product: the list's lines and the editor's product do. */
export type Doable = Pick<StaffProduct, 'id' | 'title' | 'status' | 'version'>;

interface MoreMenuProps {
  product: Doable;
  onChanged: ((product: StaffProduct) => void) | undefined;
  trigger: ReactNode;
}

const LONGEST_TITLE = 255;

/** What one does with a whole product; it opens as soon as it is there. */
export function MoreMenu({ product, onChanged, trigger }: MoreMenuProps) {
  const t = useT();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [deleting, setDeleting] = useState(false);
  const attempt = async <T,>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } finally {
      // Also when it was refused: then the list is likely out of date.
      void cache.invalidateQueries({ queryKey: adminProductsListProductsQueryKey() });
    }
  };
  const duplicate = () =>
    attempt(async () => {
      const title = t('products.copy_of', { title: product.title }).slice(0, LONGEST_TITLE);
      const { data } = await adminProductsDuplicate({
        path: { id_or_slug: product.id },
        body: { title },
        ...idempotent(),
        throwOnError: true,
      });
      toast.success(t('products.duplicated'));
      void navigate(`/products/${data.id}`);
    }).catch(toastProblem);
  const change = (status: ProductStatus, version: number) =>
    attempt(async () => {
      const { data } = await adminProductsChange({
        path: { id_or_slug: product.id },
        body: { status },
        ...ifMatch(version),
        throwOnError: true,
      });
      onChanged?.(data);
      return data;
    });
  const become = async (status: ProductStatus) => {
    const { status: before } = product;
    const { version } = await change(status, product.version);
    toastUndo(t(`products.now_${status}`), () => change(before, version));
  };
  const remove = () =>
    attempt(async () => {
      await adminProductsDelete({
        path: { id_or_slug: product.id },
        ...ifMatch(product.version),
        throwOnError: true,
      });
      toast.success(t('products.deleted'));
      void navigate('/products');
    }).catch((error: unknown) => {
      toastProblem(error);
      throw error;
    });
  const archived = product.status === 'archived';
  return (
    <>
      <Menu defaultOpen trigger={trigger}>
        <MenuItem icon={<Copy aria-hidden />} onSelect={() => void duplicate()}>
          {t('products.duplicate')}
        </MenuItem>
        <MenuItem
          icon={archived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
          onSelect={() => void become(archived ? 'draft' : 'archived').catch(toastProblem)}
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
