import { useState } from 'react';
import { ArrowLeft, ArrowRight, Trash2 } from 'lucide-react';
import { adminImagesAdd, adminImagesChange, adminImagesDelete } from '@/api/gen/sdk.gen';
import type { ImageOut, StaffProduct } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Card, cn, ConfirmDialog, FileDrop, IconButton, toastProblem } from '@/admin/ui';

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
  const [said, setSaid] = useState('');

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
  const move = (image: ImageOut, position: number) => {
    if (position < 0 || position >= product.images.length) return undefined;
    setSaid(t('media.moved', { position: position + 1, count: product.images.length }));
    return during(() =>
      adminImagesChange({ path: { image_id: image.id }, body: { position }, throwOnError: true }),
    );
  };
  const describe = (image: ImageOut, alt: string) => {
    if (alt === image.alt) return undefined;
    return during(() =>
      adminImagesChange({ path: { image_id: image.id }, body: { alt }, throwOnError: true }),
    );
  };

  return (
    <Card title={t('media.title')} hint={t('media.hint')}>
      <ul className="mb-4 grid grid-cols-2 gap-3 empty:hidden sm:grid-cols-3 lg:grid-cols-4">
        {product.images.map((image, index) => (
          // Dragging is for the mouse; the arrows below do the same for everybody.
          // oxlint-disable-next-line no-noninteractive-element-interactions
          <li
            key={image.id}
            draggable={!busy}
            onDragStart={() => setDragged(image.id)}
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              const from = product.images.find((each) => each.id === dragged);
              if (!from) return;
              event.preventDefault();
              event.stopPropagation();
              void move(from, index);
              setDragged(undefined);
            }}
            className={cn('rounded-lg border border-line', dragged === image.id && 'opacity-50')}
          >
            <img
              src={image.sizes[0]?.url ?? image.url}
              alt={image.alt}
              className="aspect-square w-full rounded-t-lg bg-tile object-cover"
            />
            <input
              key={image.alt}
              aria-label={t('media.alt', { position: index + 1 })}
              placeholder={t('media.alt_placeholder')}
              defaultValue={image.alt}
              maxLength={1000}
              onBlur={(event) => void describe(image, event.target.value.trim())}
              className="w-full border-y border-line bg-transparent px-2 py-1.5 text-[13px]"
            />
            <div className="flex justify-between">
              <IconButton
                label={t('media.earlier', { position: index + 1 })}
                disabled={busy || index === 0}
                onClick={() => void move(image, index - 1)}
              >
                <ArrowLeft aria-hidden />
              </IconButton>
              <IconButton
                label={t('media.remove', { position: index + 1 })}
                disabled={busy}
                onClick={() => setLeaving(image)}
              >
                <Trash2 aria-hidden />
              </IconButton>
              <IconButton
                label={t('media.later', { position: index + 1 })}
                disabled={busy || index === product.images.length - 1}
                onClick={() => void move(image, index + 1)}
              >
                <ArrowRight aria-hidden />
              </IconButton>
            </div>
          </li>
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
