import { useState } from 'react';
import { adminImagesAdd, adminImagesChange, adminImagesDelete } from '@/api/gen/sdk.gen';
import type { ImageOut, StaffProduct } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Card, ConfirmDialog, FileDrop, toastProblem } from '@/admin/ui';
import { Picture } from './picture';

interface MediaCardProps {
  product: StaffProduct;
  /** Pictures are kept at once, beside the form; the product has a new version then. */
  onChanged: () => Promise<unknown>;
}

export function MediaCard({ product, onChanged }: MediaCardProps) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const [dragged, setDragged] = useState<string>();
  const [leaving, setLeaving] = useState<ImageOut>();
  const [over, setOver] = useState<string>();
  const [said, setSaid] = useState('');
  // As somebody wants it, until it is so.
  const [order, setOrder] = useState<string[]>();
  const shown = order
    ? [...product.images].sort((one, other) => order.indexOf(one.id) - order.indexOf(other.id))
    : product.images;

  const during = async (work: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await work();
      await onChanged();
    } catch (error) {
      toastProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const add = (files: File[]) =>
    during(() =>
      adminImagesAdd({
        path: { id_or_slug: product.id },
        body: { files, alt: files.map(() => product.title) },
        throwOnError: true,
      }),
    );
  const move = async (image: ImageOut, position: number) => {
    if (busy || position < 0 || position >= shown.length || shown[position] === image) return;
    const next = shown.filter((each) => each.id !== image.id);
    next.splice(position, 0, image);
    setOrder(next.map((each) => each.id));
    setSaid(t('media.moved', { position: position + 1, count: shown.length }));
    await during(() =>
      adminImagesChange({ path: { image_id: image.id }, body: { position }, throwOnError: true }),
    );
    setOrder(undefined);
  };
  const describe = (image: ImageOut, alt: string) => {
    if (alt === image.alt) return undefined;
    return during(() =>
      adminImagesChange({ path: { image_id: image.id }, body: { alt }, throwOnError: true }),
    );
  };

  return (
    <Card title={t('media.title')} hint={t('media.hint')}>
      <ul
        aria-busy={busy}
        className="mb-4 grid grid-cols-2 gap-3 empty:hidden sm:grid-cols-3 lg:grid-cols-4"
      >
        {shown.map((image, index) => (
          <Picture
            key={image.id}
            image={image}
            index={index}
            count={shown.length}
            isDragged={dragged === image.id}
            isTarget={over === image.id && dragged !== image.id}
            onDrag={setDragged}
            onOver={setOver}
            onDrop={() => {
              const from = shown.find((each) => each.id === dragged);
              if (from) void move(from, index);
              setDragged(undefined);
              setOver(undefined);
            }}
            onMove={(to) => void move(image, to)}
            onDescribe={(alt) => void describe(image, alt)}
            onRemove={() => setLeaving(image)}
          />
        ))}
      </ul>
      <output className="sr-only">{said}</output>
      <FileDrop
        label={t('media.drop')}
        hint={t('media.formats')}
        accept="image/jpeg,image/png,image/webp,image/avif,image/gif"
        multiple
        busy={busy}
        onFiles={(files) => void add(files)}
      />
      <ConfirmDialog
        open={leaving !== undefined}
        title={t('media.remove_title')}
        confirm={t('media.remove_confirm')}
        danger
        onClose={() => setLeaving(undefined)}
        onConfirm={() =>
          during(() =>
            adminImagesDelete({ path: { image_id: leaving?.id ?? '' }, throwOnError: true }),
          )
        }
      >
        {t('media.remove_text')}
      </ConfirmDialog>
    </Card>
  );
}
