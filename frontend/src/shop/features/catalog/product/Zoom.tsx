import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import type { ImageOut } from '@/api/gen';
import { Dialog } from '@/shared/ui';
import { useShopLanguage } from '../../../i18n';

interface Props {
  images: ImageOut[];
  at: number;
  onShow: (index: number) => void;
  onClose: () => void;
}

/** A picture over the whole screen, as large as there is. Arrow keys go on to the others. */
export default function Zoom({ images, at, onShow, onClose }: Props) {
  const { t } = useShopLanguage();
  const image = images[at];
  if (!image) return null;
  return (
    <Dialog open onClose={onClose} label={image.alt} side="full">
      <div className="relative h-full touch-pinch-zoom overflow-auto bg-tile">
        <img
          src={image.url}
          alt={image.alt}
          width={image.width}
          height={image.height}
          className="mx-auto h-full max-w-none object-contain max-md:w-full"
        />
        <div className="fixed top-4 right-4 flex gap-2">
          {images.length > 1 && (
            <>
              <button
                type="button"
                className="icon-btn bg-surface"
                aria-label={t('gallery.previous')}
                disabled={at === 0}
                onClick={() => onShow(at - 1)}
              >
                <ChevronLeft aria-hidden className="size-5" />
              </button>
              <button
                type="button"
                className="icon-btn bg-surface"
                aria-label={t('gallery.next')}
                disabled={at === images.length - 1}
                onClick={() => onShow(at + 1)}
              >
                <ChevronRight aria-hidden className="size-5" />
              </button>
            </>
          )}
          <button
            type="button"
            className="icon-btn bg-surface"
            aria-label={t('action.close')}
            onClick={onClose}
          >
            <X aria-hidden className="size-5" />
          </button>
        </div>
      </div>
    </Dialog>
  );
}
