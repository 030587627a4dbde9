import { useState } from 'react';
import { ImageOff } from 'lucide-react';
import type { ImageOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { cn } from '@/admin/ui';

interface GalleryProps {
  images: readonly ImageOut[];
  /** The picture of the chosen variant. */
  chosen: string | null | undefined;
}

/** One picture large, and all of them small; choosing a variant shows its own. */
export function Gallery({ images, chosen }: GalleryProps) {
  const t = useT();
  const [picked, setPicked] = useState({ id: chosen, of: chosen });
  // A picture that was picked stays until another variant is.
  const wanted = picked.of === chosen ? picked.id : chosen;
  const main = images.find(({ id }) => id === wanted) ?? images[0];
  if (!main) {
    return (
      <div className="grid aspect-[4/5] place-content-center justify-items-center gap-2 rounded-[14px] bg-tile text-muted">
        <ImageOff aria-hidden className="size-8" />
        {t('preview.no_pictures')}
      </div>
    );
  }
  return (
    <div className={cn('grid content-start gap-3', images.length > 1 && 'sm:grid-cols-[72px_1fr]')}>
      {images.length > 1 && (
        <ul className="flex gap-2 overflow-x-auto p-1 max-sm:order-2 sm:flex-col">
          {images.map((image, index) => (
            <li key={image.id} className="shrink-0">
              <button
                type="button"
                aria-label={t('preview.picture', { number: index + 1 })}
                aria-current={image === main || undefined}
                onClick={() => setPicked({ id: image.id, of: chosen })}
                className="block w-16 overflow-hidden rounded-lg bg-tile aria-[current=true]:ring-2 aria-[current=true]:ring-ink"
              >
                <img src={image.url} alt="" className="aspect-[4/5] w-full object-cover" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <img
        src={main.url}
        alt={main.alt}
        width={main.width}
        height={main.height}
        className="aspect-[4/5] w-full rounded-[14px] bg-tile object-cover"
      />
    </div>
  );
}
