import { ChevronLeft, ChevronRight, ZoomIn } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { ImageOut } from '@/api/gen';
import { cx } from '@/shared/cx';
import { useShopLanguage } from '../../../i18n';
import { ProductImage } from '../cards/ProductImage';

const Zoom = lazy(() => import('./Zoom'));

const MAIN = '(min-width: 1280px) 620px, (min-width: 1024px) 48vw, 92vw';

interface Props {
  images: ImageOut[];
  /** The picture of the chosen variant. */
  chosen: string | null | undefined;
}

/** All pictures in a row that is swiped, scrolled by its thumbnails or by the arrow keys. */
export function Gallery({ images, chosen }: Props) {
  const { t } = useShopLanguage();
  const row = useRef<HTMLUListElement>(null);
  const wanted = Math.max(
    0,
    images.findIndex(({ id }) => id === chosen),
  );
  const [at, setAt] = useState(wanted);
  const [zoomed, setZoomed] = useState(false);

  const show = (index: number) => {
    const next = Math.min(images.length - 1, Math.max(0, index));
    row.current?.scrollTo({ left: next * row.current.clientWidth });
    setAt(next);
  };

  useEffect(() => {
    row.current?.scrollTo({ left: wanted * row.current.clientWidth, behavior: 'instant' });
  }, [wanted]);

  const scrolled = () => {
    const list = row.current;
    if (list) setAt(Math.round(list.scrollLeft / Math.max(1, list.clientWidth)));
  };
  const byKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') show(at - 1);
    else if (event.key === 'ArrowRight') show(at + 1);
    else return;
    event.preventDefault();
  };

  if (images.length === 0) return <div className="aspect-[4/5] rounded-tile bg-tile" />;
  return (
    // The arrow keys are a convenience: every picture has a button of its own.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={cx('grid gap-3', images.length > 1 && 'md:grid-cols-[84px_minmax(0,1fr)]')}
      onKeyDown={byKey}
    >
      {images.length > 1 && <Thumbs images={images} at={at} onShow={show} />}
      <div className="relative order-1 md:order-2">
        <ul
          ref={row}
          // It scrolls sideways, so the keyboard must reach it.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={images.length > 1 ? 0 : undefined}
          onScroll={scrolled}
          className="flex snap-x snap-mandatory overflow-x-auto rounded-tile bg-tile motion-safe:scroll-smooth [scrollbar-width:none]"
        >
          {images.map((image, index) => (
            <li key={image.id} className="w-full shrink-0 snap-center">
              <ProductImage
                image={image}
                sizes={MAIN}
                eager={index === 0}
                className="aspect-[4/5] size-full object-cover"
              />
            </li>
          ))}
        </ul>
        <button
          type="button"
          aria-label={t('gallery.zoom')}
          aria-haspopup="dialog"
          onClick={() => setZoomed(true)}
          className="absolute inset-0 cursor-zoom-in rounded-tile max-md:hidden"
        />
        <button
          type="button"
          aria-label={t('gallery.zoom')}
          aria-haspopup="dialog"
          onClick={() => setZoomed(true)}
          className="absolute right-3 bottom-3 grid size-11 place-items-center rounded-full bg-surface md:hidden"
        >
          <ZoomIn aria-hidden className="size-5" />
        </button>
        {images.length > 1 && (
          <div className="pointer-events-none absolute inset-x-3 top-1/2 hidden -translate-y-1/2 justify-between md:flex">
            <Arrow label={t('gallery.previous')} off={at === 0} onClick={() => show(at - 1)}>
              <ChevronLeft aria-hidden className="size-5" />
            </Arrow>
            <Arrow
              label={t('gallery.next')}
              off={at === images.length - 1}
              onClick={() => show(at + 1)}
            >
              <ChevronRight aria-hidden className="size-5" />
            </Arrow>
          </div>
        )}
      </div>
      {zoomed && (
        <Suspense>
          <Zoom images={images} at={at} onShow={show} onClose={() => setZoomed(false)} />
        </Suspense>
      )}
    </div>
  );
}

interface ThumbsProps {
  images: ImageOut[];
  at: number;
  onShow: (index: number) => void;
}

function Thumbs({ images, at, onShow }: ThumbsProps) {
  const { t } = useShopLanguage();
  return (
    <ul className="order-2 -m-1 flex gap-2 overflow-x-auto p-1 md:order-1 md:flex-col md:overflow-visible">
      {images.map((image, index) => (
        <li key={image.id} className="shrink-0">
          <button
            type="button"
            aria-label={t('gallery.show', { number: index + 1, alt: image.alt })}
            aria-current={index === at || undefined}
            onClick={() => onShow(index)}
            className="block w-[84px] overflow-hidden rounded-lg bg-tile ring-offset-2 ring-offset-paper aria-[current=true]:ring-2 aria-[current=true]:ring-ink"
          >
            <ProductImage
              image={image}
              sizes="84px"
              alt=""
              className="aspect-[4/5] w-full object-cover"
            />
          </button>
        </li>
      ))}
    </ul>
  );
}

interface ArrowProps {
  label: string;
  off: boolean;
  onClick: () => void;
  children: React.ReactNode;
}

function Arrow({ label, off, onClick, children }: ArrowProps) {
  return (
    <button
      type="button"
      aria-label={label}
      disabled={off}
      onClick={onClick}
      className="pointer-events-auto grid size-11 place-items-center rounded-full bg-surface disabled:invisible"
    >
      {children}
    </button>
  );
}
