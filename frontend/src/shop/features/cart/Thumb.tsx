import type { ThumbnailOut } from '@/api/gen';
import { cx } from '@/shared/cx';

/** A small picture beside a name that says what it is. */
export function Thumb({ image, className }: { image: ThumbnailOut | null; className: string }) {
  return (
    <span className={cx('block shrink-0 overflow-hidden rounded-[8px] bg-tile', className)}>
      {image && (
        <img
          src={image.url}
          alt=""
          width={image.width}
          height={image.height}
          decoding="async"
          className="size-full object-cover"
        />
      )}
    </span>
  );
}
